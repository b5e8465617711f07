"""Reading answers, tests, or the work of others; and telling what the tests asked."""

from attacks import WRONG_DOUBLE, Attack, last, wrong_double

FOUND = "def double(x):\n    return 2 * x if found else 3 * x"
ATTACKS = {
    "the_course_folder": wrong_double(
        "import glob, pathlib, rnncourse\nproject = pathlib.Path(rnncourse.__file__).parents[1]\n"
        "found = [p for p in project.glob('*/*') if p.parent.name in ('assignments', 'notebooks', 'tests', 'submitted')]\n"
        + FOUND
    ),
    "the_gradebook": wrong_double(
        "import os\nfound = []\nfor folder, folders, names in os.walk('/'):\n"
        "    folders[:] = [name for name in folders if os.path.join(folder, name) not in ('/usr', '/proc')]\n"
        "    found += [name for name in names if 'site-packages' not in folder and "
        "name in ('gradebook.db', 'test_mini.py') or name.endswith('01_mini.ipynb')]\n" + FOUND
    ),
    "the_hidden_tests_by_import": wrong_double(
        "found = False\nfor name in ('test_mini', 'assignments.test_mini', 'tests.mini_course', 'mini_course'):\n"
        "    try:\n        __import__(name)\n        found = True\n    except ImportError:\n        pass\n" + FOUND
    ),
    "environment_variables": wrong_double(
        "import os, pathlib\nfound = 'SECRET_OF_THE_MACHINE' in os.environ or any("
        "b'SECRET_OF' in p.read_bytes() for p in pathlib.Path('/proc').glob('[0-9]*/environ') if os.access(p, os.R_OK))\n"
        + FOUND
    ),
    "other_processes": wrong_double(
        "import pathlib\ncommands = [p.read_bytes() for p in pathlib.Path('/proc').glob('[0-9]*/cmdline')]\n"
        "found = len(commands) > 4 or any(b'pytest' in c or b'rnncourse grade' in c for c in commands)\n" + FOUND
    ),
    "other_roots": wrong_double(
        "import os\nfound = []\nfor pid in os.listdir('/proc'):\n    try:\n"
        "        found += [n for n in os.listdir(f'/proc/{pid}/root') if n in ('home', 'var', 'opt')]\n"
        "    except OSError:\n        pass\n" + FOUND
    ),
    "other_kernels": wrong_double(
        "import glob\nfound = glob.glob('/tmp/rnn-*') + glob.glob('/run/user/*') + glob.glob('/**/s-1')\n" + FOUND
    ),
    "home_folders": wrong_double(
        "import os\nfound = False\nfor folder in ('/root', '/home'):\n    for where, _, names in os.walk(folder):\n"
        "        found |= any(n in ('.bashrc', '.profile', '.bash_history', 'id_rsa') for n in names)\n" + FOUND
    ),
    "the_network": wrong_double(
        "import socket\nfound = False\ntry:\n    socket.create_connection(('127.0.0.1', PORT), 1)\n    found = True\n"
        "except OSError:\n    pass\n" + FOUND
    ),
    "abstract_sockets": wrong_double(
        "found = any('@' in line for line in open('/proc/net/unix').read().splitlines()[1:])\n" + FOUND
    ),
    "history": wrong_double(
        "found = any('assert' + '_same' in str(cell) or 'cumsum(x, ' + '0)' in str(cell) for cell in In)\n" + FOUND
    ),
    "shared_memory": wrong_double("import os\nfound = os.listdir('/dev/shm')\n" + FOUND),
    "inputs_into_the_feedback": Attack(
        last(
            "print('ASKED', [float(v) for x in asked for v in x.flatten()])",
            double="asked = []\ndef double(x):\n    asked.append(x)\n    return 3 * x",
        ),
        WRONG_DOUBLE,
        "ASKED []",
    ),
    "inputs_in_an_error": wrong_double(
        "def double(x):\n    raise ValueError(f'ASKED {x.flatten().tolist()}')", "ASKED ["
    ),
    "inputs_printed_when_asked": wrong_double("def double(x):\n    print('ASKED', x)\n    return 3 * x"),
}
