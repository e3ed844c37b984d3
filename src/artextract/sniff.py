"""What the input is: a type that is no text at all, or HTML, Markdown, plain text.

Bytes are judged by the signatures that file formats begin with and by control characters, text by its markup.
"""

from __future__ import annotations

from typing import NamedTuple

# --- No text --------------------------------------------------------------------------------------------------------


class Signature(NamedTuple):
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
    if by_name == "text/html" or "<" not in text:
        return by_name or "text/plain"
    from artextract.markup import is_document, looks_like_html

    if by_name == "text/markdown":
        return "text/html" if is_document(text) else by_name
    return "text/html" if looks_like_html(text) else "text/plain"


def _essence(media_type: str | None) -> str:
    return (media_type or "").partition(";")[0].strip().lower()


def _suffix(name: str | None) -> str:
    parts = (name or "").replace("\\", "/").rpartition("/")[2].lower().split(".")
    if len(parts) > 2 and parts[-1] in _COMPRESSED:
        parts.pop()
    return parts[-1] if len(parts) > 1 else ""
