"""What the input is: a type that is no text at all, or HTML, Markdown, plain text.

Bytes are judged by the signatures that file formats begin with and by control characters; text by how much of it is
markup. A dump of a tutorial *mentions* tags, an HTML page *consists* of them: so not the presence of a tag counts but
where the first one stands and how evenly tags cover the whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# --- No text --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Signature:
    """Bytes at an offset that mark a format. `printable` ones could begin a text: then control bytes must follow."""

    magic: bytes
    name: str
    offset: int = 0
    printable: bool = False


SIGNATURES: tuple[Signature, ...] = (
    Signature(b"%PDF-", "a PDF document"),
    Signature(b"%!PS-Adobe", "a PostScript document"),
    Signature(b"{\\rtf", "an RTF document"),
    Signature(b"\x89PNG\r\n\x1a\n", "a PNG image"),
    Signature(b"\xff\xd8\xff", "a JPEG image"),
    Signature(b"GIF87a", "a GIF image", printable=True),
    Signature(b"GIF89a", "a GIF image", printable=True),
    Signature(b"WEBP", "a WebP image", offset=8, printable=True),
    Signature(b"WAVE", "a WAV recording", offset=8, printable=True),
    Signature(b"AVI ", "an AVI film", offset=8, printable=True),
    Signature(b"BM", "a BMP image", printable=True),
    Signature(b"II*\x00", "a TIFF image"),
    Signature(b"MM\x00*", "a TIFF image"),
    Signature(b"\x00\x00\x01\x00", "an ICO image"),
    Signature(b"8BPS\x00", "a Photoshop image"),
    Signature(b"\x00\x00\x00\x0cjP  ", "a JPEG 2000 image"),
    Signature(b"\x00\x00\x00\x0cJXL ", "a JPEG XL image"),
    Signature(b"AT&TFORM", "a DjVu document"),
    Signature(b"\x1f\x8b", "gzip data"),
    Signature(b"\x1f\x9d", "compress data"),
    Signature(b"BZh", "bzip2 data", printable=True),
    Signature(b"\xfd7zXZ\x00", "xz data"),
    Signature(b"\x28\xb5\x2f\xfd", "zstd data"),
    Signature(b"\x04\x22\x4d\x18", "LZ4 data"),
    Signature(b"LZIP\x01", "lzip data"),
    Signature(b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    Signature(b"Rar!\x1a\x07", "a RAR archive"),
    Signature(b"MSCF\x00\x00\x00\x00", "a CAB archive"),
    Signature(b"ustar\x00", "a tar archive", offset=257),
    Signature(b"ustar  \x00", "a tar archive", offset=257),
    Signature(b"!<arch>\n", "an ar archive (a .deb or .a file)"),
    Signature(b"\xed\xab\xee\xdb", "an RPM package"),
    Signature(b"xar!\x00", "a xar archive"),
    Signature(b"Cr24", "a browser extension", printable=True),
    Signature(b"CD001", "an ISO 9660 disk image", offset=32769),
    Signature(b"\x7fELF", "an ELF program"),
    Signature(b"MZ", "a Windows program", printable=True),
    Signature(b"\xca\xfe\xba\xbe", "a Java class or Mach-O program"),
    Signature(b"\xcf\xfa\xed\xfe", "a Mach-O program"),
    Signature(b"\xce\xfa\xed\xfe", "a Mach-O program"),
    Signature(b"\x00asm", "a WebAssembly program"),
    Signature(b"dex\n035\x00", "an Android program"),
    Signature(b"ftyp", "an MP4 film or HEIC image", offset=4, printable=True),
    Signature(b"ID3", "an MP3 recording", printable=True),
    Signature(b"\xff\xfb", "an MP3 recording"),
    Signature(b"\xff\xf3", "an MP3 recording"),
    Signature(b"\xff\xf2", "an MP3 recording"),
    Signature(b"\xff\xf1", "an AAC recording"),
    Signature(b"\xff\xf9", "an AAC recording"),
    Signature(b"OggS", "an Ogg recording", printable=True),
    Signature(b"fLaC", "a FLAC recording", printable=True),
    Signature(b"MThd\x00\x00", "a MIDI recording"),
    Signature(b"#!AMR", "an AMR recording", printable=True),
    Signature(b"AIFF", "an AIFF recording", offset=8, printable=True),
    Signature(b"FLV\x01", "a Flash film"),
    Signature(b"FWS", "a Flash program", printable=True),
    Signature(b"CWS", "a Flash program", printable=True),
    Signature(b"\x1a\x45\xdf\xa3", "a Matroska or WebM film"),
    Signature(b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "a Windows Media film"),
    Signature(b"\x00\x00\x01\xba", "an MPEG film"),
    Signature(b"\x00\x00\x01\xb3", "an MPEG film"),
    Signature(b"wOFF", "a WOFF font", printable=True),
    Signature(b"wOF2", "a WOFF font", printable=True),
    Signature(b"OTTO\x00", "an OpenType font"),
    Signature(b"\x00\x01\x00\x00\x00", "a TrueType font"),
    Signature(b"ttcf\x00", "a TrueType font"),
    Signature(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (.doc, .xls, .ppt)"),
    Signature(b"SQLite format 3\x00", "an SQLite database"),
    Signature(b"PAR1", "a Parquet file", printable=True),
    Signature(b"ARROW1\x00", "an Arrow file"),
    Signature(b"\x89HDF\r\n\x1a\n", "an HDF5 file"),
    Signature(b"\x93NUMPY", "a NumPy array"),
    Signature(b"bplist00", "a binary property list", printable=True),
    Signature(b"BOOKMOBI", "a Mobipocket book", offset=60),
    Signature(b"ITSF\x03\x00", "a CHM help file"),
    Signature(b"GGUF", "a GGUF model", printable=True),
    Signature(b"DICM", "a DICOM image", offset=128, printable=True),
    Signature(b"\xd4\xc3\xb2\xa1", "a network capture"),
    Signature(b"\x0a\x0d\x0d\x0a", "a network capture"),
)

_ZIP_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"mimetypeapplication/epub+zip", "an EPUB book"),
    (b"mimetypeapplication/vnd.oasis.opendocument", "an OpenDocument file"),
    (b"word/", "a Word document (.docx)"),
    (b"xl/", "an Excel workbook (.xlsx)"),
    (b"ppt/", "a PowerPoint presentation (.pptx)"),
    (b"AndroidManifest.xml", "an Android package"),
    (b"META-INF/", "a Java archive"),
)

_TEXT_CONTROLS = b"\t\n\x0b\x0c\r\x1a\x1b\x08"
"""Controls that text may hold: white space, DOS's end of file, terminal escapes, overstrikes."""

_NOT_CONTROLS = bytes(b for b in range(256) if (b >= 0x20 and b != 0x7F) or b in _TEXT_CONTROLS)
_SAMPLE = 8192


def binary_type(data: bytes) -> str | None:
    """The name of the file format that these bytes begin as, with its article ("a PDF document"), or None.

    >>> binary_type(b"PK\\x03\\x04" + bytes(26) + b"word/document.xml"), binary_type(b"BM is a town")
    ('a Word document (.docx)', None)
    """
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return _zip_type(data)
    for signature in SIGNATURES:
        if data.startswith(signature.magic, signature.offset) and (not signature.printable or has_controls(data)):
            return signature.name
    if data[:3] == b"\xef\xbb\xbf" or data[:1].isspace():
        return "a PDF document" if data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-") else None
    return None


def _zip_type(data: bytes) -> str:
    head = data[:_SAMPLE] + data[-_SAMPLE:]  # member names stand in the local headers and in the directory at the end
    return next((name for needle, name in _ZIP_KINDS if needle in head), "a ZIP archive")


def has_controls(data: bytes) -> bool:
    """Whether the first bytes hold a control character that texts do not."""
    return bool(data[:1024].translate(None, _NOT_CONTROLS))


def control_share(data: bytes, whole: bool = False) -> float:
    """The share of control bytes that no text holds, over the head, the middle and the end (or the `whole`).

    A few controls (three at most in a sample) count as damage, not as evidence: 0.0.
    """
    sample = data.rstrip(b"\0")  # files that were cut by a crash end in zeros
    if not whole and len(sample) > 3 * _SAMPLE:
        middle = len(sample) // 2
        sample = sample[:_SAMPLE] + sample[middle : middle + _SAMPLE] + sample[-_SAMPLE:]
    found = len(sample.translate(None, _NOT_CONTROLS))
    return found / len(sample) if found > 3 else 0.0


# --- Markup ---------------------------------------------------------------------------------------------------------

_BLOCK_NAMES = (
    "p|div|br|li|ul|ol|dl|dt|dd|table|tbody|thead|tr|td|th|h1|h2|h3|h4|h5|h6|article|section|main|header|footer|nav|"
    "aside|blockquote|pre|hr|center|form|figure|body|head|html|title|meta|link|script|style|frameset|frame|iframe"
)
_INLINE_NAMES = (
    "a|abbr|b|big|button|cite|code|del|em|font|i|img|input|ins|label|noscript|option|picture|q|s|select|small|source|"
    "span|strong|sub|sup|svg|textarea|tt|u|video|audio|figcaption|details|summary|template|base"
)
_TAG = re.compile(rf"<(/?)(?:({_BLOCK_NAMES})|{_INLINE_NAMES})(?=[\s/>])", re.I)
_UNKNOWN_TAG = re.compile(r"<[a-z][a-z0-9:_-]{0,40}(?=\s{1,40}[a-z:_-]{1,40}\s?=)", re.I)
_DOCUMENT = re.compile(r"<(?:!doctype\s{1,9}html|html[\s>]|head[\s>]|body[\s>])", re.I)
_LINE_DOCUMENT = re.compile(rf"(?<![^\n>]){_DOCUMENT.pattern}", re.I)

_HEAD = 65_536  # characters looked at from the start
_TAIL = 16_384  # and before the end
_PREAMBLE = 4_096  # characters of headers or garbage that may stand before a document
_DENSE = 250  # characters of text for one block tag, at most


def looks_like_html(text: str) -> bool | None:
    """Whether a text is HTML (True), is not (False), or could be either (None: let the name decide).

    >>> looks_like_html("<!-- x --><p>Hello <b>world</b></p>"), looks_like_html("I <3 you; use the <div> element.")
    (True, False)
    """
    if "<" not in text:
        return False
    start = _skip_prolog(text)
    if _DOCUMENT.match(text, start):
        return True
    if text.startswith(("{", "["), start):
        return False  # JSON may hold any markup in its strings
    first = _TAG.match(text, start) or _UNKNOWN_TAG.match(text, start)
    if first is not None:
        return _is_fragment(text, first)
    document = _LINE_DOCUMENT.search(text, start, start + max(_PREAMBLE, len(text) // 8))
    if document is not None and _tag_figures(text[document.start() :]).lines_share > 0.3:
        return True
    return _covered_with_tags(_tag_figures(text))


def _skip_prolog(text: str) -> int:
    """Where the first thing stands that is not white space, a BOM, a comment or an XML declaration."""
    at = 0
    while at < len(text):
        char = text[at]
        if char.isspace() or char in "\ufeff\ufffd\0":
            at += 1
        elif text.startswith(("<!--", "<?"), at):
            closing = "-->" if text.startswith("<!--", at) else ">"
            end = text.find(closing, at + 2)
            if end < 0:
                return at
            at = end + len(closing)
        else:
            return at
    return at


def _is_fragment(text: str, first: re.Match[str]) -> bool | None:
    """A text that begins with a tag: HTML if the tag belongs into a head, is closed at the very end, or more follow.

    A tutorial's title may begin with a tag too ("<table>: the table element").
    """
    name = text[first.start() + 1 : first.end()].lower()
    closing = f"</{name}>"
    if name in ("title", "meta", "link", "script", "style") and _closed_soon(text, first.end(), closing):
        return True
    if text[-_PREAMBLE:].rstrip().lower().endswith(closing):
        return True
    figures = _tag_figures(text)
    if figures.count < 2:
        return None if "=" in text[first.end() : first.end() + 40].partition(">")[0] else False
    return True if figures.lines_share > 0.35 and figures.closing else None


def _closed_soon(text: str, at: int, closing: str) -> bool:
    """Whether a tag whose name ends at `at` has attributes or its end tag follows."""
    return "=" in text[at : at + 200].partition(">")[0] or closing in text[at : at + _HEAD].lower() or closing in text


@dataclass(frozen=True, slots=True)
class _Tags:
    """Tags at the start and the end of a text: all, of blocks, closing; characters; the share of lines with a tag."""

    count: int
    blocks: int
    closing: int
    chars: int
    lines_share: float


def _tag_figures(text: str) -> _Tags:
    part = text if len(text) <= _HEAD + _TAIL else text[:_HEAD] + "\n" + text[-_TAIL:]
    lines = [line for line in part.split("\n") if line and not line.isspace()]
    count = blocks = closing = tagged = 0
    for line in lines:
        found = [(bool(m[1]), m[2] is not None) for m in _TAG.finditer(line)] if "<" in line else []
        count += len(found)
        closing += sum(closes for closes, _ in found)
        blocks += sum(is_block for _, is_block in found)
        tagged += bool(found)
    return _Tags(count, blocks, closing, len(part), tagged / max(len(lines), 1))


def _covered_with_tags(tags: _Tags) -> bool | None:
    """Text first, tags later: HTML only where block tags, many of them closing ones, run through all lines."""
    if tags.blocks < 3 or tags.closing * 4 < tags.count or tags.blocks * _DENSE < tags.chars:
        return False
    return True if tags.lines_share > 0.6 and tags.blocks > 10 else None


# --- Media type -----------------------------------------------------------------------------------------------------

_FORCED = {"text": "text/plain", "markdown": "text/markdown", "html": "text/html"}

_BY_SUFFIX = {
    "html": "text/html",
    "htm": "text/html",
    "xhtml": "text/html",
    "shtml": "text/html",
    "xht": "text/html",
    "md": "text/markdown",
    "markdown": "text/markdown",
}

_BY_MEDIA_TYPE = {
    "text/html": "text/html",
    "application/xhtml+xml": "text/html",
    "text/markdown": "text/markdown",
    "text/plain": "text/plain",
}

_COMPRESSED = frozenset({"gz", "bz2", "xz", "zst", "br"})


def media_type_of(text: str, forced: str, name: str | None, claimed: str | None) -> str:
    """`text/html`, `text/markdown` or `text/plain`: forced, by content, as claimed, by suffix, text.

    `forced` is `Settings.input_type`, where types of containers say nothing of a page inside; `claimed` the media type
    that a container gave. A Markdown file often begins with an HTML tag: only a whole HTML document overrules `.md`.
    """
    if forced in _FORCED:
        return _FORCED[forced]
    by_name = _BY_MEDIA_TYPE.get(_essence(claimed)) or _BY_SUFFIX.get(_suffix(name))
    if by_name == "text/markdown":
        return "text/html" if _DOCUMENT.match(text, _skip_prolog(text)) else by_name
    return "text/html" if by_name == "text/html" or looks_like_html(text) else "text/plain"


def _essence(media_type: str | None) -> str:
    return (media_type or "").partition(";")[0].strip().lower()


def _suffix(name: str | None) -> str:
    parts = (name or "").replace("\\", "/").rpartition("/")[2].lower().split(".")
    if len(parts) > 2 and parts[-1] in _COMPRESSED:
        parts.pop()
    return parts[-1] if len(parts) > 1 else ""
