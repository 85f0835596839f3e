"""What was decided about answers survives the end of the program."""

from __future__ import annotations

from tests.ui.driving import dialog
from tests.ui.inquiries.hands import fill

LEAD, BOOTH = "市民活動推進課", "市民活動ブースの設置"


def test_decisions_are_kept_until_the_answer_is_taken_in(window, forms, look_at, take, qtbot):
    fill(forms[LEAD], BOOTH, 状態="✓", 進捗状況="ブースを開設した")
    shown = look_at(forms[LEAD])
    assert window.features.answers.unsaved() == []
    model = shown._differences.model()
    model.decide(model.groups[0].rows[0], wanted=False)
    ((kept, _),) = window.features.answers.unsaved()
    path = window.plan.path
    window.features.typing.scan()
    assert kept.place in window.features.typing.journal.texts
    shown.reject()
    window.files.release()

    assert window.files.open(path)
    assert window.features.answers.unsaved() == []
    with qtbot.waitSignal(window.features.answers.read):
        window.features.typed.offer()
        window.features.typed._dialog.findChild(type(shown._take), "put").click()
        ((text, _),) = window.features.answers.unsaved()
        assert text.state == kept.state, "while the files are being read"
    assert [each.text.text for each in window.features.answers.unsaved()] == [kept.text]
    (file,) = window.features.answers._batch.files
    assert [file.decision(each) for each in file.differences] == [False, True]
    take("take")
    assert window.features.answers.unsaved() == []
    dialog(window).reject()
