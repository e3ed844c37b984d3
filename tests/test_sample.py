"""The page that the project was born from, in every encoding and line end that it may come in."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from artextract import extract

SAMPLE = Path(__file__).resolve().parents[2] / "shared" / "sample" / "changzhi-zhiye-jiaoyu.txt"
pytestmark = pytest.mark.skipif(not SAMPLE.exists(), reason="the sample is not beside the repository")

METADATA = {
    "title": "长治市职业教育大会召开",
    "original_title": "全市职业教育大会召开",
    "date": "2022-05-10",
    "source_name": "长治日报",
    "authors": ["张瀚予"],
    "editors": ["张乐"],
    "site_name": "黄河新闻网",
    "categories": ["长治频道", "今日头条"],
    "language": "zh-Hans",
}


def text() -> str:
    return SAMPLE.read_bytes().decode("utf-8")


def body() -> str:
    """The seven paragraphs of the first copy, without the credit."""
    lines = [line.strip() for line in text().split("\n")]
    first = next(i for i, line in enumerate(lines) if line.startswith("5月9日"))
    last = next(i for i, line in enumerate(lines) if line.startswith("会上"))
    return "\n\n".join(line.removesuffix("(张瀚予)") for line in lines[first : last + 1] if line)


def one_bad_byte() -> bytes:
    """A stray byte in the middle of the footer."""
    data = SAMPLE.read_bytes()
    at = data.index("关于我们".encode())
    return data[:at] + b"\xff" + data[at:]


VARIANTS: dict[str, Any] = {
    "utf-8": lambda: SAMPLE.read_bytes(),
    "utf-8-sig": lambda: text().encode("utf-8-sig"),
    "gb18030": lambda: text().encode("gb18030"),
    "utf-16": lambda: text().encode("utf-16"),
    "crlf": lambda: text().replace("\n", "\r\n").encode(),
    "one bad byte": one_bad_byte,
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_variant_gives_the_same(variant: str) -> None:
    record = extract(VARIANTS[variant](), name="sample.txt").to_dict()
    assert {key: record[key] for key in METADATA} == METADATA
    assert record["text"] == body()
    assert len(record["text"].split("\n\n")) == 7


def test_from_a_pipe() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "artextract", "-"], input=SAMPLE.read_bytes(), capture_output=True, check=True
    )
    assert done.stdout.decode("utf-8") == body() + "\n"


def test_the_ledger_accounts_for_every_line() -> None:
    rows = [line.split("\t") for line in extract(SAMPLE.read_bytes(), name="sample.txt").explain().splitlines()]
    told = {int(part) for row in rows if row[0][:1].isdigit() for part in row[0].partition("[")[0].split("-")}
    written = {number for number, line in enumerate(text().split("\n"), 1) if line.strip()}
    assert written == told
