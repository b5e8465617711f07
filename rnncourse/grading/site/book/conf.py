"""Sphinx's settings for the book. Nothing is run, and no page asks for anything that is not in the book."""

project = "Recurrent networks"
html_title = project
extensions = ["myst_nb"]

nb_execution_mode = "off"
nb_merge_streams = True
myst_enable_extensions = ["dollarmath", "amsmath"]
myst_update_mathjax = False

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["book.css"]
html_js_files = [("book.js", {"defer": "defer"})]
html_copy_source = False
html_show_copyright = False
html_use_index = False
mathjax_path = "mathjax-tex-svg-full.js"
mathjax3_config = {"options": {"enableMenu": False, "ignoreHtmlClass": ".*", "processHtmlClass": "math"}}
