"""Replies that are no honest encoding of what the code computed."""

import mini_course

from attacks import Attack, wrong_double

FORGING = """
import json
import rnncourse.grading.wire as wire
honest, asked = wire.dumps, []
def dumps(value, handle):
    if asked:
        asked.clear()
        return FORGED
    return honest(value, handle)
wire.dumps = dumps
def double(x):
    asked.append(x)
    return 3 * x
"""


def reply(text: str, reason: str = "could not be read") -> Attack:
    """Calls to `double` are answered with this text, given as an expression."""
    return wrong_double(FORGING.replace("FORGED", text), reason)


def value(node: str, reason: str = "could not be read") -> Attack:
    """Calls to `double` are answered with this value."""
    return reply('json.dumps({"dict": [["value", %s]]})' % node, reason)


def error(node: str, reason: str) -> Attack:
    return reply('json.dumps({"dict": [["error", %s]]})' % node, reason)


def tensor(shape: str, data: str = '""', dtype: str = '"float32"') -> Attack:
    return value('{"tensor": {"dtype": %s, "shape": %s, "data": %s}}' % (dtype, shape, data))


ATTACKS = {
    "a_tensor_of_a_terabyte": tensor("[10**6, 10**6]"),
    "a_shape_that_overflows": tensor("[2**62, 4]"),
    "a_negative_shape": tensor("[-1]"),
    "a_shape_of_text": tensor('"x"'),
    "a_shape_of_many_dimensions": tensor("[1] * 10_000"),
    "more_bytes_than_the_shape": tensor("[1]", '"AAAAAAAAAAA="'),
    "data_that_is_no_base64": tensor("[1]", '"ÄÄÄÄÄÄ=="'),
    "an_object_dtype": tensor("[1]", '"AAAAAAAAAAA="', '"object"'),
    "an_empty_tensor": value('{"tensor": {"dtype": "float32", "shape": [0], "data": ""}}', "Returned shape (0,)"),
    "a_pickle": value('{"pickle": "gASVCg=="}'),
    "a_bare_list": value("[1, 2]"),
    "a_bare_list_as_the_reply": reply('"[1, 2]"'),
    "a_string_as_the_reply": reply("""'"value"'""", ""),
    "a_tensor_as_the_reply": reply("""json.dumps({"tensor": {"dtype": "bool", "shape": [1], "data": "AQ=="}})""", ""),
    "not_json": reply('"{"'),
    "nothing": reply('""'),
    "a_number_of_many_digits": reply('"1" * 10**6'),
    "deeply_nested": reply("""'{"list":[' * 10**5 + ']}' * 10**5"""),
    "a_million_values": value('{"list": [0] * 10**6}'),
    "fifty_megabytes": value('"x" * (50 * 2**20)'),
    "a_gigabyte": value('"x" * 2**30', ""),
    "a_handle_that_is_none": value('{"handle": "x"}'),
    "a_handle_with_a_page_for_a_name": value(
        """{"handle": 0, "type": "<script>document.title='owned'</script>" * 1000}""", "expected a tensor"
    ),
    "an_error_that_is_a_list": error('{"list": [1]}', ""),
    "an_error_of_many_words": error(
        '{"dict": [["type", "E" * 10**6], ["message", "m" * 10**6], ["line", "l" * 10**6]]}', "raised EEE"
    ),
    "a_value_and_an_error": reply(
        """json.dumps({"dict": [["value", True], ["error", {"dict": [["type", "E"], ["message", ""], ["line", ""]]}]]})""",
        "expected a tensor",
    ),
    "no_reply": reply("__import__('time').sleep(1000)", "had not finished after 10 seconds"),
    "a_reply_that_is_no_text": reply("object()", ""),
    "half_a_character_in_a_message": wrong_double(
        "def double(x):\n    raise ValueError('\\ud800' * 9)", "raised ValueError"
    ),
    "replies_to_other_questions": wrong_double(
        "kernel = get_ipython().kernel\ndef double(x):\n    for parent in ({}, {'header': {'msg_id': 'x'}}, None):\n"
        "        try:\n            kernel.session.send(kernel.shell_socket, 'execute_reply', {'status': 'ok',\n"
        "                'user_expressions': {'reply': {'data': {'text/plain': '1'}}}}, parent, kernel.shell_socket)\n"
        "        except Exception:\n            pass\n    return 3 * x"
    ),
    "a_kernel_without_an_agent": Attack(
        mini_course.submission(
            double="import sys, rnncourse.grading.agent\nsys.modules['rnncourse.grading.agent'] = None\n"
            "def double(x):\n    return 2 * x"
        ),
        0,
        "damaged the notebook's Python",
    ),
}
