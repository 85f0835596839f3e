"""What is not a workbook, told by its first bytes, and what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kyodo_desktop.domain.errors import ReadingError

if TYPE_CHECKING:
    from collections.abc import Collection

ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_WORKBOOKS = (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00")  # Excel 2 to 4
_PAGES = (b"<html", b"<!doctype html", b"<?xml", b"<table", b"mime-version")

_SAVE_ANEW = "「名前を付けて保存」でファイルの種類を「Excel ブック (*.xlsx)」にして保存し直し、"
TRY_AGAIN = _SAVE_ANEW + "そのファイルを選んでください。"
DAMAGED = (
    "ファイルが壊れているようです。Excelで開けるときは、" + _SAVE_ANEW + "もう一度選んでください。"
)
LOST_MARKS = (
    "「CSV（コンマ区切り）」で保存されたため、✓などの文字が失われています。"
    "Excelでは「CSV UTF-8（コンマ区切り）」を選んで保存し、もう一度取り込んでください。"
)
NO_SHEETS = "表のあるシートがありません。表の入ったブックを選んでください。"
PASSWORD = (
    "パスワードがかかっています。Excelで開き、「ファイル」→「情報」→「ブックの保護」→"
    "「パスワードを使用して暗号化」でパスワードを空にして保存してから、もう一度選んでください。"
)
_WORD = "Wordの文書です。表をコピーしてExcelの新しいブックに貼り付け、" + TRY_AGAIN
_SLIDES = "PowerPointのファイルです。表をコピーしてExcelの新しいブックに貼り付け、" + TRY_AGAIN
_OLD_EXCEL = "1992年以前の形式のExcelファイルです。Excelで開き、" + TRY_AGAIN


def refusal(name: str, reason: str) -> ReadingError:
    """Return the error that names the file and the reason, a sentence or more."""
    return ReadingError(f"「{name}」を読み取れません。{reason}")


def other_than_zip(content: bytes) -> str | None:
    """Tell what a file is that is no zip, no old container and no text, by its first bytes."""
    if content.startswith(_EMPTY_ZIP):
        return "中に何も入っていません。" + DAMAGED
    if content.startswith(b"%PDF"):
        return "PDFファイルです。もとになったExcelのファイルを選んでください。"
    if content.startswith(b"{\\rtf"):
        return _WORD
    if content.startswith(_OLD_WORKBOOKS):
        return _OLD_EXCEL
    if content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PAGES):
        return "Webページなどの形式で保存された表です。Excelで開き、" + TRY_AGAIN
    return None


def other_than_workbook(names: Collection[str], mimetype: bytes) -> str | None:
    """Tell what a zip is instead of a workbook, by its parts' names in lower case."""
    if b"opendocument" in mimetype:
        return "表計算ではなく、OpenDocument形式のファイルです。表をブックに貼り付け、" + TRY_AGAIN
    if any(name.startswith("word/") for name in names):
        return _WORD
    if any(name.startswith("ppt/") for name in names):
        return _SLIDES
    if "[content_types].xml" not in names:
        return (
            "ZIPファイルですが、Excelのブックではありません。"
            "中のファイルを取り出して、それを選んでください。"
        )
    return None


def in_old_container(content: bytes) -> str:
    """Tell what one container holds instead of a workbook, by the names in it."""

    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        return PASSWORD
    if holds("WordDocument"):
        return _WORD
    return _SLIDES if holds("PowerPoint Document") else DAMAGED
