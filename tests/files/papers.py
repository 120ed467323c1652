"""Documents with words in them, and some that nobody can read."""

from __future__ import annotations

import io
import zipfile
import zlib

import typst
from pypdf import PdfWriter

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"


def pdf(words: str) -> bytes:
    return typst.compile(words.encode())


def locked_pdf(words: str) -> bytes:
    writer, file = PdfWriter(io.BytesIO(pdf(words))), io.BytesIO()
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(file)
    return file.getvalue()


def pdf_of_pictures() -> bytes:
    writer, file = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(file)
    return file.getvalue()


def pdf_that_unpacks_without_end() -> bytes:
    """A page whose content is a gigabyte of operators, in a megabyte."""
    packer, packed = zlib.compressobj(9), b""
    for _ in range(256):
        packed += packer.compress(b"BT (a) Tj ET " * (1 << 18))
    packed += packer.flush()
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(packed), packed),
    ]
    body, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + table + b"trailer\n<< /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % len(body)


def docx(words: str) -> bytes:
    runs = "".join(f'<w:r><w:t xml:space="preserve">{word} </w:t></w:r>' for word in words.split())
    document = f'<w:document xmlns:w="{_WORD}"><w:body><w:p>{runs}</w:p></w:body></w:document>'
    return _archive({"[Content_Types].xml": "<Types/>", "word/document.xml": document})


def odt(words: str) -> bytes:
    first, second, rest = words.split(maxsplit=2)
    content = f'<body xmlns:text="{_TEXT}"><text:p>{first} <text:span>{second}</text:span> {rest}</text:p></body>'
    return _archive({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def docx_of_entities() -> bytes:
    """What unfolds to thousands of millions of letters."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    document = f'<!DOCTYPE w [<!ENTITY e0 "ha">{entities}]><w:t xmlns:w="{_WORD}">&e9;</w:t>'
    return _archive({"[Content_Types].xml": "<Types/>", "word/document.xml": document})


def _archive(parts: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2027, 1, 1, 0, 0, 0)), content)
    return file.getvalue()
