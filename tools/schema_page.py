"""Make docs/json.md of the JSON Schema: `python tools/schema_page.py`. With `--check` it writes nothing and exits 1
when the page is not current.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
SCHEMA = ROOT / "src/artextract/data/schema.json"
PAGE = ROOT / "docs/json.md"

Node = Mapping[str, Any]

HEAD = """\
# JSON

Made from `src/artextract/data/schema.json` by `tools/schema_page.py`; change the schema, not this page. `artextract
--schema` prints the schema.

"""

TAIL = """
## Try it

```console
$ artextract harbour-news.txt -f json --fields char_count,word_count,duplicate_of
{
  "char_count": …,
  "word_count": …,
  "duplicate_of": null
}
$ artextract harbour-news.txt -f json --blocks | grep -A 2 -m 1 '"lines"'
      "lines": [
        18,
        18
```

`-f json` writes one object, `-f jsonl` one a line for many documents. `--fields` takes keys of the first level,
`blocks` excepted.
"""


def page() -> str:
    """The whole page."""
    schema = json.loads(SCHEMA.read_text("utf-8"))
    parts = [HEAD, f"The format is called `{schema['title']}`. {schema['description']}\n\n"]
    parts.append("## Keys\n\n" + "".join(_table(schema, schema)))
    for key, node in schema["properties"].items():
        if inner := _object_in(node):
            parts.append(f"\n## `{key}`\n\n" + "".join(_table(inner, schema)))
    return "".join(parts) + TAIL


def _table(node: Node, schema: Node) -> Iterator[str]:
    """The properties of an object as the rows of a table."""
    yield "| key | type | meaning |\n|---|---|---|\n"
    properties = node.get("properties")
    if properties is None:  # an object whose keys are a list of names: one row for all of them
        names = ", ".join(f"`{name}`" for name in node["propertyNames"]["enum"])
        properties = {"": {"type": "object", "description": f"For each of {names}, where there is some."}}
        yield f"| a label | {_type(properties[''], schema)} | {properties['']['description']} |\n"
        node = node["additionalProperties"]
        properties = node["properties"]
    for key, value in properties.items():
        optional = "" if key in node["required"] else " (not always there)"
        yield f"| `{key}`{optional} | {_type(value, schema)} | {_meaning(value)} |\n"


def _object_in(node: Node) -> Node | None:
    """The object that a property is, or that its list or its alternatives hold; None where there is none."""
    for found in (node, node.get("items", {}), *node.get("anyOf", ())):
        if "properties" in found or "propertyNames" in found:
            return dict(found)
    return None


def _type(node: Node, schema: Node) -> str:
    """The type in words."""
    if "$ref" in node:
        node = schema["$defs"][node["$ref"].rpartition("/")[2]]
    if "const" in node:
        return f"always `{node['const']}`"
    if "anyOf" in node:
        return " or ".join(_type(one, schema) for one in node["anyOf"])
    if "enum" in node:
        return "one of " + ", ".join(f"`{one}`" for one in node["enum"])
    if node["type"] == "array":
        size = f"{node['minItems']} × " if "minItems" in node else ""
        return f"list of {size}{_type(node['items'], schema)}"
    low, high = node.get("minimum"), node.get("maximum")
    if low is not None:
        return f"{node['type']} from {low}" + ("" if high is None else f" to {high}")
    return str(node["type"])


def _meaning(node: Node) -> str:
    """The description, made one line that no pipe ends."""
    return " ".join(node.get("description", "").split()).replace("|", "\\|")


def main() -> int:
    made = page()
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(made, "utf-8")
        return 0
    if not PAGE.exists() or PAGE.read_text("utf-8") != made:
        print(f"{PAGE.name} is not current: run tools/schema_page.py", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
