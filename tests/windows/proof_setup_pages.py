"""The pages of Setup and of uninstall.exe as their user sees them, at 100 and at 200 %."""

from __future__ import annotations

import json

import pytest

from tests.windows.pc import NEWER_SETUP, PYTHON, SECONDS, TITLE, until
from tests.windows.setups import BUNDLE, files

DESKTOP = r"HKCU\Control Panel\Desktop"
PAGE_OF_SETUP, PAGE_OF_UNINSTALLER = f"{TITLE} セットアップ", f"{TITLE} の削除"
NEXT = 1
# What a window says, and whether each text has the room that Windows says it takes. A button
# whose words are given is switched off, or pressed.
LOOK = r"""
import ctypes, json, sys, time
from ctypes import wintypes as w
user, gdi = ctypes.windll.user32, ctypes.windll.gdi32
title, press, end = sys.argv[1], int(sys.argv[2]), time.monotonic() + float(sys.argv[3])
switch = sys.argv[4:]
user.SetProcessDPIAware()

def text_of(window):
    text = ctypes.create_unicode_buffer(2000)
    user.SendMessageW(window, 0x000D, 2000, text)
    return text.value

def room_of(window):
    box = w.RECT()
    user.GetClientRect(window, ctypes.byref(box))
    return box

def needed_by(window, text, width):
    context, needed = user.GetDC(window), w.RECT(0, 0, width, 0)
    gdi.SelectObject(context, user.SendMessageW(window, 0x0031, 0, 0))
    line = user.DrawTextW(context, "あ", -1, ctypes.byref(w.RECT()), 0x0400)
    user.DrawTextW(context, text, -1, ctypes.byref(needed), 0x0410)
    user.ReleaseDC(window, context)
    return needed.right, needed.bottom - line // 3 # the room below the letters

def visible(enumerate, *within):
    found = []
    kind = ctypes.WINFUNCTYPE(w.BOOL, w.HWND, w.LPARAM)
    enumerate(*within, kind(lambda each, _: found.append(each) or True), 0)
    return [each for each in found if user.IsWindowVisible(each)]

def page():  # which is named by NSIS with a blank at the end
    for window in visible(user.EnumWindows):
        button = user.GetDlgItem(window, press)
        if text_of(window).strip() == title and user.IsWindowEnabled(button):
            return window

window = None
while time.monotonic() < end and not window:
    time.sleep(0.2)
    window = page()
time.sleep(0.5)
told = []
for child in visible(user.EnumChildWindows, window):
    text, name = text_of(child), ctypes.create_unicode_buffer(100)
    user.GetClassNameW(child, name, 100)
    if text and name.value in ("Static", "Button"):
        box = room_of(child)
        width, height = needed_by(child, text, box.right)
        fits = width <= box.right and height <= box.bottom
        told.append((text, fits, width, height, box.right, box.bottom))
    if text in switch:
        user.SendMessageW(child, 0x00F1, 0, 0)

def texts():
    return [text_of(each) for each in visible(user.EnumChildWindows, window)]

before = texts()
user.PostMessageW(window, 0x0111, press, 0)
while user.IsWindow(window) and texts() == before and time.monotonic() < end:
    time.sleep(0.1)
sys.stdout.buffer.write(json.dumps(told).encode())
"""


@pytest.fixture(params=[96, 192], ids=["100 %", "200 %"])
def screen(pc, request):
    value = ("/v", "LogPixels", "/t", "REG_DWORD")
    pc.run("reg", "add", DESKTOP, *value, "/d", str(request.param), "/f")
    return request.param


def page(pc, title, *switch):
    """Press a button of the page that is shown; return its texts, none of which is cut off."""
    told = json.loads(pc.run(PYTHON, "-c", LOOK, title, NEXT, SECONDS, *switch).output)
    assert told
    assert [each for each in told if not each[1]] == []
    return "\n".join(each[0] for each in told)


def test_everything_on_the_pages_can_be_read(pc, screen):
    setup = pc.start(NEWER_SETUP)
    first = page(pc, PAGE_OF_SETUP)
    assert "管理者の権限は要りません" in first
    told = float(first.partition("必要容量: ")[2].partition(" MB")[0])
    assert abs(told - sum(files(BUNDLE).values()) / 2**20) < 1
    assert "導入先のフォルダー" in page(pc, PAGE_OF_SETUP)
    done = page(pc, PAGE_OF_SETUP, f"「{TITLE}」を開く(&O)")
    assert "導入が終わりました" in done
    assert setup.wait(SECONDS) == 0
    remover = pc.start(pc.program / "uninstall.exe")
    assert "計画のファイル（.kyodo）、設定と記録は削除しません" in page(pc, PAGE_OF_UNINSTALLER)
    assert "プログラムを削除しました" in page(pc, PAGE_OF_UNINSTALLER)
    assert remover.wait(SECONDS) == 0
    until(lambda: not pc.program.exists())
