"""The drawing library's own text (vis-network, from the copy that the pyvis package ships), without any address in it."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path

from graph.errors import FileProblem
from graph.messages import message

_SCRIPT = Path("templates", "lib", "vis-9.1.2", "vis-network.min.js")
_ADDRESS = re.compile(r"\b(?:https?|wss?|ftp)://")
_NAMESPACE = '"http://www.w3.org/2000/svg"'
_SAFE_NAMESPACE = '["http:","","www.w3.org","2000","svg"].join("/")'


@lru_cache(maxsize=1)
def drawing_library() -> str:
    """The script, to be written into a page. Its comments and messages lose their addresses, the SVG namespace (a name, not an
    address) is put together at run time, and nothing in it can end the script element. Raises ``FileProblem`` if pyvis does not ship it."""
    spec = find_spec("pyvis")  # found without importing pyvis, which would load IPython
    places = [Path(place) / _SCRIPT for place in (spec.submodule_search_locations or ())] if spec else []
    for path in places:
        if path.is_file():
            text = path.read_text(encoding="utf-8").replace("\r", "")
            text = _ADDRESS.sub("", text.replace(_NAMESPACE, _SAFE_NAMESPACE))
            return text.replace("</script", "<\\/script").replace("<!--", "<\\!--")
    raise FileProblem(
        message("The installed pyvis does not ship vis-network 9.1.2, which draws the pictures."), hint=message("Install pyvis 0.3.2.")
    )
