"""Carries out what the command line says, with or without a window."""

from __future__ import annotations

import codecs
import json
import logging
import sys
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, Any

from kyodo_desktop import command_parser, logs, message_box, parts
from kyodo_desktop.command_parser import STDOUT, form_of
from kyodo_desktop.domain.errors import (
    CommandError,
    InvalidInputError,
    PlanError,
    ReadOnlyError,
    RefusedError,
    UnsureError,
    UnwrittenError,
)
from kyodo_desktop.japanese_parser import separated
from kyodo_desktop.os_user import os_user
from kyodo_desktop.paths import is_folder, is_there
from kyodo_desktop.splash import Splash
from kyodo_desktop.terminal import ProgressLine, say, write_out

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kyodo_desktop.domain.importing import mapping
    from kyodo_desktop.domain.importing.doubts import DoubtGroup
    from kyodo_desktop.domain.importing.found_plan import FoundPlan
    from kyodo_desktop.domain.importing.grid import Unread
    from kyodo_desktop.domain.job_control import JobControl
    from kyodo_desktop.outputs import Outcome
    from kyodo_desktop.pages.options import ReportOptions
    from kyodo_desktop.services.files import OpenPlan
    from kyodo_desktop.services.workspace import Workspace

DONE, FAILED, WRONG_COMMAND = 0, 1, 2
_ASK_AGAIN = 1.0  # seconds
_MOST_LINES, _FIRST_PLACES = 5, 3  # cells with the same doubt
_UNSURE = (
    "前に編集していたウィンドウが正しく終わったか確かめています。1分ほどお待ちください"
    "（Ctrl+Cで中止できます。計画のファイルは変更していません）。"
)
_log = logging.getLogger(__name__)


def run(arguments: list[str]) -> int:
    """Do what the arguments say and return the exit code: 0 done, 1 failed, 2 wrong command.

    An error is one Japanese line on standard error, or a box where there is none; what it
    hides is in the log.
    """
    try:
        logs.start_log()
        options = command_parser.parsed(arguments)
        parts.expect_parts(window=options.command is None)
        return _carried_out_when_sure(options)
    except CommandError as error:
        return _report(error, WRONG_COMMAND)
    except PlanError as error:
        return _report(error, FAILED)
    except KeyboardInterrupt:
        return _report("中止しました。途中だったファイルは残していません。", FAILED)
    except Exception as error:
        _log.exception("unexpected failure of %s", arguments)
        found = parts.about_a_part(error) or "予期しない問題が起きました。"
        return _report(found, FAILED, is_logged=True)


def _carried_out_when_sure(options: argparse.Namespace) -> int:
    """Ask again until it is known whether whoever edited last still does, about a minute."""
    is_reported = False
    while True:
        try:
            return _carried_out(options)
        except UnsureError:
            if not is_reported and sys.stderr is not None:
                print(_UNSURE, file=sys.stderr, flush=True)
            is_reported = True
            sleep(_ASK_AGAIN)


def _carried_out(options: argparse.Namespace) -> int:
    match options.command:
        case "new":
            _new(options.file, options.sample)
        case "backup":
            _back_up(options.file, options.target)
        case "export":
            return _export(options)
        case "dump":
            _dump(options.file)
        case "check":
            _check(options.file, as_json=options.json)
        case "import":
            _import(options.table, options.out, options.mapping)
        case "update":
            _update(options)
        case "salvage":
            _salvage(options.file, options.out)
        case "collect":
            return _collect(options)
        case _:
            if options.smoke_test:
                from kyodo_desktop import app

                return app.smoke_test(options.file, options.grab)
            with Splash() as splash:
                from kyodo_desktop import app

                return app.start(options.file, splash)
    return DONE


def _expect_room(path: Path) -> None:
    """Raise PlanError where a new plan's file cannot be made."""
    from kyodo_desktop.services.new_plan import expect_place

    expect_place(path)
    if path.exists():
        raise PlanError(f"「{path}」は既にあります。別の名前を指定してください。")


def _new(path: Path, sample_name: str | None) -> None:
    from kyodo_desktop.services import new_plan, sample

    _expect_room(path)
    now, author = _now(), os_user()
    if sample_name is not None:
        _tell_aside(sample.create_sample(path, sample_name, author=author, now=now))
    else:
        plan = new_plan.default_plan(now.date(), title=path.stem)
        _tell_aside(new_plan.create_plan(path, plan, author=author, now=now))
    _tell_made(path)


def _back_up(path: Path, target: Path | None) -> None:
    """Copy a plan, into the folder of its backups where no other place is given."""
    from kyodo_desktop.services.files import back_up_now
    from kyodo_desktop.services.new_plan import save_copy
    from kyodo_desktop.store.inspection import expect_ours

    expect_ours(path)
    if target is None:
        target = back_up_now(path, _now())
    else:
        _expect_room(target)
        _tell_aside(save_copy(path, target, author=os_user(), now=_now()))
    write_out(f"{target}\n".encode())


def _tell_made(path: Path) -> None:
    """Tell which plan was made, and how much stands in it."""
    with closing(_opened(path)) as plan:
        outline = plan.workspace.outline
    headings, actions = len(outline.headings), len(outline.actions)
    what = outline.levels[-1].name
    say(f"「{path}」を作りました（見出し{headings:,}件、{what}{actions:,}件）。")


def _tell_aside(aside: Path | None) -> None:
    """Tell what lay at the place of a new file and is kept; that can only be a half one."""
    from kyodo_desktop.services.new_plan import aside_notice

    if aside is not None:
        print(aside_notice(aside), file=sys.stderr)


def _export(options: argparse.Namespace) -> int:
    """Write the files that are asked for; return 1 where one of them could not be."""
    from tempfile import TemporaryDirectory

    if not options.force:
        _expect_none_there(options.outs)
    if options.like is not None:
        _export_like(options)
        return DONE
    with (
        TemporaryDirectory(ignore_cleanup_errors=True) as aside,
        closing(_opened(options.file, options.round)) as plan,
        ProgressLine("出力しています") as control,
    ):
        stream = Path(aside, f"out.{options.format}")
        outcomes = _written(options, plan.workspace, stream, control)
        data = stream.read_bytes() if stream.exists() else b""
    if data:
        # The mark is for programs that open a file; to those that read a pipe it is a letter.
        write_out(data.removeprefix(codecs.BOM_UTF8))
    for each in outcomes:
        if each.path != stream:
            _tell_outcome(each, aside=STDOUT in options.outs)
    _tell_unmet(options, outcomes)
    failures = [each.error for each in outcomes if each.error is not None]
    for error in UnwrittenError.once_each(failures):
        _report(error, FAILED)
    return FAILED if failures else DONE


def _expect_none_there(outs: Sequence[Path]) -> None:
    """Raise PlanError where a file would be replaced that nobody said may be."""
    there = [each for each in outs if each != STDOUT and is_there(each) and not is_folder(each)]
    if there:
        names = "".join(f"「{each}」" for each in there)
        raise PlanError(
            f"{names}は既にあります。置き換えるときは「--force」を付けてください。"
            "何も出力していません。"
        )


def _written(
    options: argparse.Namespace, workspace: Workspace, stream: Path, control: JobControl
) -> list[Outcome]:
    from kyodo_desktop import outputs

    forms = [form_of(each, options) for each in options.outs]
    wanted = [
        outputs.Wanted(stream if out == STDOUT else out, form)
        for out, form in zip(options.outs, forms, strict=True)
    ]
    made_on = _now().isoformat(timespec="seconds")
    try:
        chosen = _report_options(options, workspace)
        source = outputs.gather(workspace, options.file, chosen, forms, made_on=made_on)
    except InvalidInputError as error:
        raise CommandError(error.message) from error
    return outputs.write_outputs(source, wanted, control)


def _tell_outcome(outcome: Outcome, *, aside: bool) -> None:
    if outcome.error is not None:
        return
    size = f"（{outcome.written.size}）" if outcome.written.size else ""
    say(f"「{outcome.path}」に出力しました{size}。", aside=aside)
    for replaced in outcome.written.replaced:
        print(replaced, file=sys.stderr)


def _tell_unmet(options: argparse.Namespace, outcomes: Iterable[Outcome]) -> None:
    """Tell on standard error which words of the command the files cannot answer to."""
    from kyodo_desktop.pages.text_metrics import installed_face

    left_out = {part for each in outcomes for part in each.written.left_out}
    if named := [f"「{each}」" for each in options.sheets or () if each in left_out]:
        print(f"{''.join(named)}には、出力するものがないため、入れていません。", file=sys.stderr)
    if options.font and installed_face(options.font) is None:
        print(
            f"書体「{options.font}」は、このパソコンにありません。"
            "PDFの文字は別の書体になり、Excelブックには書体の名前だけが入ります。",
            file=sys.stderr,
        )


def _report_options(options: argparse.Namespace, workspace: Workspace) -> ReportOptions:
    """Return what was saved under a name, with what the command says otherwise."""
    from kyodo_desktop.domain.narrowing import words_of
    from kyodo_desktop.services.report_extras import reported

    saved = _saved_options(options.choices, workspace)
    outline = reported(workspace)
    known = words_of(outline)
    terms = _words(options.term, known.terms)
    tops = words_of(outline, saved.narrowing.terms if terms is None else terms).headings
    given = {
        "terms": terms,
        "headings": _words(options.heading, tops),
        "sections": _words(options.section, known.sections),
        "statuses": _words(options.status, known.statuses),
        "changed_only": options.changed_only,
    }
    narrowing = replace(saved.narrowing, **_without_nothing(given))
    looks = {
        "edition": options.edition,
        "parts": options.sheets,
        "paper": options.paper,
        "columns": options.columns,
        "headings": options.headings,
        "unit": options.unit,
        "font": options.font,
    }
    chosen = replace(saved, narrowing=narrowing, **_without_nothing(looks))
    hidden = [each for each in options.sheets or () if each not in chosen.shown]
    if hidden:
        raise CommandError(f"「{hidden[0]}」には内部の項目が入るため、公開用では出力できません。")
    return chosen


def _saved_options(name: str | None, workspace: Workspace) -> ReportOptions:
    from kyodo_desktop.pages.options import ReportOptions
    from kyodo_desktop.pages.saved_options import from_body
    from kyodo_desktop.services.report_choices import saved_report_choices

    if name is None:
        return ReportOptions()
    saved = {each.name: each.body for each in saved_report_choices(workspace)}
    if name not in saved:
        known = f"ある設定: {'、'.join(saved)}" if saved else "まだ何も保存されていません。"
        raise CommandError(f"出力の設定「{name}」はありません。{known}")
    return from_body(saved[name]).options


def _words(given: Sequence[str] | None, known: Sequence[str]) -> tuple[str, ...] | None:
    """Return the words of an option that may be repeated; a name may have a comma in it."""
    if given is None:
        return None
    return tuple(word for text in given for word in ([text] if text in known else separated(text)))


def _without_nothing(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _export_like(options: argparse.Namespace) -> None:
    """Fill in a copy of an office's own workbook; what to look at is on standard error."""
    from kyodo_desktop.domain.like.result import result_of
    from kyodo_desktop.excel.like.filled_copy import expect_form, write_filled_copy
    from kyodo_desktop.excel.reading.tables import read_table
    from kyodo_desktop.services.like import RoundCells, filling_of, table_to_fill

    table, out = options.like, options.outs[0]
    expect_form(table, out)
    cells = RoundCells(options.cells) if options.cells else None
    with (
        closing(_opened(options.file, options.round)) as plan,
        ProgressLine("出力しています") as control,
    ):
        read = table_to_fill(plan.workspace, read_table(table), control)
        filling = filling_of(plan.workspace, read, cells, control)
        copy = write_filled_copy(table, out, filling)
    say(f"「{out}」に出力しました。")
    for line in result_of(filling, copy.written, copy.notices, copy.sheet).lines:
        print(line, file=sys.stderr)


def _dump(path: Path) -> None:
    from kyodo_desktop.services.dump import dump

    plan = _opened(path)
    try:
        text = json.dumps(dump(plan.workspace), ensure_ascii=False, indent=1)
    finally:
        plan.close()
    write_out(f"{text}\n".encode())


def _check(path: Path, *, as_json: bool) -> None:
    from kyodo_desktop.services.checking import as_lines, as_objects

    plan = _opened(path)
    try:
        objects = as_objects(plan.workspace)
    finally:
        plan.close()
    text = json.dumps(objects, ensure_ascii=False, indent=1) if as_json else as_lines(objects)
    write_out(f"{text}\n".encode() if text else b"")


def _import(table: Path, out: Path, mapping_file: Path | None) -> None:
    from kyodo_desktop.excel.data_book import is_ours, read_export
    from kyodo_desktop.services.interchange import create_from_export

    _expect_room(out)
    if mapping_file is None and is_ours(table):
        whole = read_export(table)
        _tell_aside(create_from_export(whole, out, author=os_user(), now=_now()))
    else:
        _import_table(table, out, mapping_file)
    _tell_made(out)


def _import_table(table: Path, out: Path, mapping_file: Path | None) -> None:
    """Make a plan of any city's table; what to look at is told on standard error."""
    from kyodo_desktop.domain.importing.mapping_json import mapping_as_json
    from kyodo_desktop.services.importing.new_file import create_plan_from

    mapping, found = _found_in(table, mapping_file)
    if not found.actions:  # as in the window
        raise RefusedError(
            f"「{table}」に実行計画が1件も見つからないため、計画を作りませんでした。"
            "進捗管理の表のあるファイルかどうかを、お確かめください。"
        )
    unread, aside = create_plan_from(
        out,
        found,
        author=os_user(),
        now=_now(),
        mapping_json=mapping_as_json(mapping),
        mapping_name=mapping.title,
        source=table.name,
    )
    _tell_aside(aside)
    _tell_doubts(found, unread)


def _update(options: argparse.Namespace) -> None:
    """Take all that a table says differently into a plan, and print what that is.

    A table of another plan is refused, which in the window a person would see.
    """
    from kyodo_desktop.domain.importing.mapping_json import mapping_as_json
    from kyodo_desktop.services.importing.mappings import saved_mappings
    from kyodo_desktop.services.importing.updating import compared_with, take_update

    with closing(_opened(options.file, read_only=options.dry_run)) as plan:
        workspace = plan.workspace
        if workspace.read_only_because and not options.dry_run:
            raise ReadOnlyError(workspace.read_only_because)
        saved = [each.body for each in saved_mappings(workspace)]
        mapping, found = _found_in(options.table, options.mapping, saved)
        update = compared_with(
            workspace,
            found,
            source=options.table.name,
            mapping_json=mapping_as_json(mapping),
            mapping_name=mapping.title,
        )
        if update.is_of_another_plan:
            raise RefusedError(
                f"「{options.table}」には、この計画の{update.found.levels[-1][0]}が1件もないため、"
                "更新しませんでした。別の計画の表でないか、確かめてください。"
                "この表でよいときは、画面の「表を取り込む」で変更点を見て取り込んでください。"
            )
        if not options.dry_run and update.differences:
            take_update(workspace, update, range(len(update.differences)))
    lines = [*update.summary(), *(each.line for each in update.differences)]
    if options.dry_run:
        lines.append("確かめただけで、計画には書き込んでいません。")
    write_out("".join(f"{line}\n" for line in lines).encode())
    _tell_doubts(update.found, update.found.unread)


def _found_in(
    table: Path, mapping_file: Path | None, saved: Sequence[str] = ()
) -> tuple[mapping.Mapping, FoundPlan]:
    """Read a table by the mapping that is given, else by a saved one of such a table."""
    from kyodo_desktop.domain.importing.fitting import fitted
    from kyodo_desktop.domain.importing.mapping_json import mapping_from_json
    from kyodo_desktop.domain.importing.reading import read_plan
    from kyodo_desktop.domain.importing.readings import guess_mapping
    from kyodo_desktop.excel.data_book import refuse_written_out
    from kyodo_desktop.excel.reading.tables import read_table
    from kyodo_desktop.services.importing.mapping_file import read_mapping_file
    from kyodo_desktop.services.importing.mappings import mapping_for

    given = mapping_from_json(read_mapping_file(mapping_file)) if mapping_file else None
    refuse_written_out(table)
    book = read_table(table)
    known = fitted(given, book) if given else mapping_for(book, saved)
    mapping = known or guess_mapping(book, _now().date())
    return mapping, read_plan(book, mapping)


def _tell_doubts(found: FoundPlan, unread: Sequence[Unread]) -> None:
    """Tell on standard error what was left out, what to look at and what is unsure."""
    from kyodo_desktop.domain.importing.doubts import doubts_counted, doubts_of

    groups = doubts_of(found, unread)
    if groups:
        print(f"{doubts_counted(groups)}あります。", file=sys.stderr)
    last = None
    for group in groups:
        if group.kind is not last:
            last = group.kind
            print(f"{last.label}:", file=sys.stderr)
        for line in _doubt_lines(group):
            print(line, file=sys.stderr)


def _doubt_lines(group: DoubtGroup) -> Iterator[str]:
    """Yield a line of each cell, but one of all that were kept for the very same reason."""
    from kyodo_desktop.domain.importing.doubts import DoubtKind

    by_reason: dict[str, list[Unread]] = {}
    for each in group.cells:
        by_reason.setdefault(each.reason, []).append(each)
    for reason, cells in by_reason.items():
        if group.kind is DoubtKind.LEFT_OUT or len(cells) <= _MOST_LINES:
            yield from (each.sentence for each in cells)
            continue
        places = "、".join(each.place.label for each in cells[:_FIRST_PLACES])
        yield f"{places}など{len(cells):,}か所: {reason}"


def _collect(options: argparse.Namespace) -> int:
    """Take answers in; return 1 where a person has to look at one of them.

    A trial does the same with a copy of the plan.
    """
    from tempfile import TemporaryDirectory

    from kyodo_desktop.excel.reply_form.reading import read_answer
    from kyodo_desktop.services.inquiries.asking import sections_waited_for
    from kyodo_desktop.services.inquiries.collecting import collect, collected_text, files_in

    files, dry_run = files_in(options.paths), options.dry_run
    with TemporaryDirectory(ignore_cleanup_errors=True) as aside:
        in_copy = Path(aside) if dry_run else None
        plan = _opened(options.file, options.round, read_only=False, in_copy=in_copy)
        try:
            workspace = plan.workspace
            if workspace.read_only_because:
                raise ReadOnlyError(workspace.read_only_because)
            found = collect(workspace, files, read_answer)
            waiting = sections_waited_for(workspace, f"{_now():%Y-%m-%d}")
            text = collected_text(workspace.outline, found, dry_run=dry_run, waiting=waiting)
        finally:
            plan.close()
    write_out(f"{text}\n".encode())
    return FAILED if any(each.needs_somebody for each in found) else DONE


def _salvage(path: Path, out: Path) -> None:
    from kyodo_desktop.services.interchange import copy_contents

    _expect_room(out)
    copy_contents(path, out, author=os_user(), now=_now())
    _tell_made(out)


def _opened(
    path: Path,
    round_name: str | None = None,
    *,
    read_only: bool = True,
    in_copy: Path | None = None,
) -> OpenPlan:
    """Open a plan, or a copy of it in a folder."""
    from kyodo_desktop.services.files import open_copy, open_plan

    if in_copy is None:
        plan = open_plan(
            path,
            author=os_user,
            now=_now,
            read_only=read_only,
            round_name=round_name,
            must_be_sure=True,
        )
    else:
        plan = open_copy(path, in_copy, author=os_user, now=_now, round_name=round_name)
    outline = plan.workspace.outline
    if round_name is not None and outline.round is None:
        plan.close()
        known = "、".join(each.name for each in outline.rounds.values())
        raise CommandError(f"調査「{round_name}」はありません。ある調査: {known}")
    return plan


def _now() -> datetime:
    return datetime.now().astimezone()


def _report(message: object, code: int, *, is_logged: bool = False) -> int:
    message_box.complain(str(message), is_logged=is_logged)
    return code
