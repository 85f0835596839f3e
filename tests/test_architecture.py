"""Who may import whom, wherever in a module."""

from __future__ import annotations

import ast
import builtins
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from kyodo_desktop.domain import errors
from tests.imports import ROOT, imports, nodes_in, parsed

pytestmark = pytest.mark.same_everywhere("reads the source")

PACKAGE = "kyodo_desktop"

LAYERS = {
    "domain": set(),
    "store": {"domain"},
    "services": {"domain", "store"},
    "pages": {"domain"},
    "excel": {"domain", "pages"},
    "web": {"domain", "pages"},
    "printing": {"domain", "pages"},
    "outputs": {"domain", "services", "pages", "excel", "web", "printing"},
    "ui": {"domain", "services", "pages", "excel", "web", "printing", "outputs"},
}
# These put the layers together.
SEE_ALL = {"__main__", "app", "cli", "command_parser", "japanese_parser", "terminal"}
# These stand beside the layers: every one but the domain may ask them, they ask no layer.
COMMON = {
    "",
    "display",
    "garbage",
    "licences",
    "logs",
    "message_box",
    "os_user",
    "parts",
    "paths",
    "splash",
    "atomic_files",
    "updating",
}

# What edits the rows; whoever only reads asks SQLite itself.
EDITING = {
    "services",
    *("store.engine", "store.tables", "store.recorder", "store.replaying"),
    *("store.fetching", "store.migrating"),
}

# Where a library may be imported: in a layer, or in one module.
HOMES = {
    "PySide6": {"ui", "printing", "app"},
    "shiboken6": {"ui"},
    "sqlmodel": EDITING,
    "sqlalchemy": EDITING,
    "pydantic": EDITING,
    "sqlite3": {"store", "services"},
    "alembic": {"store.migrating"},
    "filelock": {"store"},
    "openpyxl": {"excel"},
    "python_calamine": {"excel.reading.library_book"},
    "defusedxml": {"excel"},
    "fontTools": {"pages.text_metrics", "printing"},
    "platformdirs": {"paths"},
    "nacl": {"updating.signatures"},
    "gc": {"garbage"},
}


def module_name(path: Path) -> str:
    """Return the name below the package: `store.tables`, or nothing for the package itself."""
    parts = path.relative_to(ROOT / PACKAGE).with_suffix("").parts
    return ".".join(parts).removesuffix("__init__").rstrip(".")


SOURCES = {module_name(path): path for path in sorted((ROOT / PACKAGE).rglob("*.py"))}


def is_within(name: str, place: str) -> bool:
    return name == place or name.startswith(f"{place}.")


def is_of_importing(module: str) -> bool:
    """Tell the rooms that read others' tables."""
    return is_within(module, "excel.reading") or ".importing" in module


def part(name: str) -> str:
    """Return the layer or top-level module that a full name of ours belongs to."""
    inner = name.removeprefix(PACKAGE).removeprefix(".").split(".")[0]
    known = {*LAYERS, *SEE_ALL, *COMMON}
    return inner if inner in known else ""


def found_in(module: str) -> list[str]:
    return [name for name in imports(SOURCES[module]) if is_within(name, PACKAGE)]


def test_the_package_has_no_other_parts():
    assert {name.split(".")[0] for name in SOURCES} <= {*LAYERS, *SEE_ALL, *COMMON}


def test_the_layers_stand_on_each_other_without_a_circle():
    TopologicalSorter(LAYERS).prepare()


@pytest.mark.parametrize("layer", LAYERS)
def test_a_layer_imports_only_what_lies_below_it(layer):
    beside = set() if layer == "domain" else COMMON
    allowed = {layer, *LAYERS[layer], *beside}
    assert [
        f"{module} imports {name}"
        for module in SOURCES
        if is_within(module, layer)
        for name in found_in(module)
        if part(name) not in allowed
    ] == []


@pytest.mark.parametrize("module", [each for each in SOURCES if each.split(".")[0] in COMMON])
def test_what_stands_beside_the_layers_imports_none_of_them(module):
    assert [name for name in found_in(module) if part(name) not in COMMON] == []


def test_the_domain_needs_the_standard_library_only():
    assert [
        f"{module} imports {name}"
        for module, path in SOURCES.items()
        if is_within(module, "domain")
        for name in imports(path)
        if name.split(".")[0] not in {PACKAGE, *sys.stdlib_module_names}
    ] == []


@pytest.mark.parametrize("library", HOMES)
def test_a_library_is_imported_only_where_it_belongs(library):
    assert [
        f"{module} imports {name}"
        for module, path in SOURCES.items()
        for name in imports(path)
        if is_within(name, library) and not any(is_within(module, home) for home in HOMES[library])
    ] == []


NODE_ARITHMETIC = {(ast.BitAnd, 3), (ast.RShift, 2), (ast.LShift, 2)}

MOST_BY_PLACE = 5
TAKE_ANY = {
    "_table",
    "user32.CreateWindowExW",
    "_winapi.CreateFile",
}  # as many as there are, or no names

# The engine is put on a connection that is there.
OPENS_A_FILE = {"sqlite3.connect(": "store.connection", "create_engine(": "store.engine"}

# These take a text for markup where it looks like it; `ui.widgets.plain` has the program's own.
GUESSING = {
    *("QLabel", "QMessageBox", "QTextBrowser", "QTextEdit", "QToolTip"),
    *("QErrorMessage", "QInputDialog", "QProgressDialog"),
}
# The clipboard asks what has the focus.
MAY_USE = {
    "ui.widgets.plain": GUESSING,
    "ui.pasting.commands": {"QTextEdit"},
}


def test_a_list_that_a_box_opens_is_one_that_shows_whole_rows():
    assert [
        f"{path.name}:{node.lineno}"
        for path in SOURCES.values()
        for node in nodes_in(path)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "QComboBox"
    ] == []


def test_what_guesses_rich_text_is_used_in_one_place():
    assert [
        f"{module} imports {name}"
        for module, path in SOURCES.items()
        for name in imports(path)
        if name.startswith("PySide6.QtWidgets.")
        and name.rpartition(".")[2] in GUESSING - MAY_USE.get(module, set())
    ] == []


def test_a_tooltip_that_is_made_of_other_words_is_plain():
    assert [
        f"{path.name}:{node.lineno}"
        for path in SOURCES.values()
        for node in nodes_in(path)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"setToolTip", "setTabToolTip", "setWhatsThis"}
        and not is_plain(node.args[-1])
    ] == []


def is_plain(argument: ast.expr) -> bool:
    """Tell whether a text is written in the source or goes through `tip`."""
    if isinstance(argument, ast.Call):
        return ast.unparse(argument.func) in {"tip", "plain.tip"}
    return isinstance(argument, ast.Constant)


def test_every_library_has_its_home():
    assert {
        name.split(".")[0] for path in SOURCES.values() for name in imports(path)
    } - sys.stdlib_module_names - {PACKAGE} <= set(HOMES)


def test_a_start_loads_nothing_that_is_only_needed_later():
    code = f"import sys, {PACKAGE}.app; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    later = {"alembic", "openpyxl", "pydantic", "sqlalchemy", "sqlmodel"}
    assert later & set(run.stdout.split()) == set()


def test_one_module_is_the_door_to_sqlalchemy():
    """A thread loads it beside the window: only who waits at one door gets whole modules."""
    assert [
        f"{module} imports {name}"
        for module, path in SOURCES.items()
        if module not in {"store.engine", "store.tables.rows", "store.recorder"}
        for name in imported_at_run_time(parsed(path))
        if name.split(".")[0] in {"sqlalchemy", "sqlmodel", "pydantic"}
    ] == []


def imported_at_run_time(node: ast.AST) -> Iterator[str]:
    """Yield the modules that are imported, not only for their types."""
    for each in ast.iter_child_nodes(node):
        match each:
            case ast.If(test=ast.Name(id="TYPE_CHECKING")):
                yield from (name for part in each.orelse for name in imported_at_run_time(part))
            case ast.ImportFrom(module=str(name)):
                yield name
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case _:
                yield from imported_at_run_time(each)


@pytest.mark.parametrize("call", OPENS_A_FILE)
def test_one_module_opens_connections_to_a_file(call):
    assert [
        module for module, path in SOURCES.items() if call in path.read_text(encoding="utf-8")
    ] == [OPENS_A_FILE[call]]


def test_one_module_knows_how_a_node_is_made_of_bits():
    assert [
        f"{module}:{node.lineno}: {ast.unparse(node)}"
        for module, path in SOURCES.items()
        if module != "domain.nodes"
        for node in nodes_in(path)
        if isinstance(node, ast.BinOp)
        and isinstance(node.right, ast.Constant)
        and (type(node.op), node.right.value) in NODE_ARITHMETIC
    ] == []


def test_no_code_asks_for_a_field_by_its_name():
    """Code about one field says `action_fields.DUE`, code about a kind of value its type."""
    assert [
        f"{module}:{node.lineno}: {ast.unparse(node)}"
        for module, path in SOURCES.items()
        for node in nodes_in(path)
        if isinstance(node, ast.Compare)
        and isinstance(node.left, ast.Attribute)
        and node.left.attr in {"name", "label", "heading"}
        and ast.unparse(node.left.value) in {"field", "column", "self.field", "field.column"}
        and any(
            isinstance(part, ast.Constant) for each in node.comparators for part in ast.walk(each)
        )
    ] == []


def test_one_module_puts_a_file_in_the_place_of_another():
    assert [
        f"{module}:{node.lineno}: {ast.unparse(node)}"
        for module, path in SOURCES.items()
        for node in nodes_in(path)
        if module != "atomic_files" and is_file_replacement(node)
    ] == []


def is_file_replacement(node: ast.AST) -> bool:
    """Tell `path.replace(target)` and `os.replace` from the replacing of words and fields."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"replace", "copy2", "move"}
        and (len(node.args) == 1 or ast.unparse(node.func.value) in {"os", "shutil"})
        and not node.keywords
    )


def test_what_takes_many_arguments_takes_them_by_name():
    assert [
        f"{module}:{node.lineno}: {ast.unparse(node)[:80]}"
        for module, path in SOURCES.items()
        if not is_of_importing(module)
        for node in nodes_in(path)
        if (isinstance(node, ast.Call) and len(node.args) > MOST_BY_PLACE and not takes_any(node))
        or (isinstance(node, ast.FunctionDef) and len(by_place(node)) > MOST_BY_PLACE)
    ] == []


def takes_any(call: ast.Call) -> bool:
    return ast.unparse(call.func) in TAKE_ANY


def by_place(function: ast.FunctionDef) -> list[str]:
    """Return the parameters that a caller may fill by their place."""
    names = [each.arg for each in (*function.args.posonlyargs, *function.args.args)]
    return names[1:] if names[:1] in (["self"], ["cls"]) else names


def test_a_docstring_names_the_errors_that_are_raised():
    assert [
        f"{module}.{function.name} raises {error}"
        for module, path in SOURCES.items()
        if module.startswith(
            ("domain.", "services.", "store.", "pages.", "excel.", "web.", "printing.")
        )
        and not is_of_importing(module)
        for function in public_functions(parsed(path))
        for error in raised(function.body)
        if not {error, *bases(error)} & words_on(parsed(path), function.name)
    ] == []


def words_on(tree: ast.Module, name: str) -> set[str]:
    """Return what is said of a function, or of the method that it overrides."""
    docstrings = [
        ast.get_docstring(each) or ""
        for each in ast.walk(tree)
        if isinstance(each, ast.FunctionDef) and each.name == name
    ]
    return set(re.findall(r"\w+", " ".join(docstrings)))


def public_functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    for node in tree.body:
        is_class = isinstance(node, ast.ClassDef) and not node.name.startswith("_")
        for each in node.body if is_class else [node]:
            if isinstance(each, ast.FunctionDef) and not each.name.startswith("_"):
                yield each


def raised(body: Iterable[ast.AST]) -> Iterator[str]:
    """Yield the errors that leave a body, as far as it names them."""
    for node in body:
        if isinstance(node, ast.Try):
            caught = {last_name(each.type) for each in node.handlers if each.type}
            yield from (each for each in raised(node.body) if not {each, *bases(each)} & caught)
            yield from raised([*node.handlers, *node.orelse, *node.finalbody])
        elif isinstance(node, ast.Raise) and node.exc is not None:
            made = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
            name = last_name(made)
            if name.endswith("Error") and name != "NotImplementedError":
                yield name
        elif not isinstance(node, ast.FunctionDef):
            yield from raised(ast.iter_child_nodes(node))


def bases(error: str) -> set[str]:
    kind = getattr(errors, error, None) or getattr(builtins, error, None)
    return {each.__name__ for each in kind.__mro__} - {"Exception"} if kind else set()


def test_no_two_classes_have_one_name():
    names = Counter(
        node.name
        for module, path in SOURCES.items()
        for node in parsed(path).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, count in names.items() if count > 1] == []


# Words that say nothing of what a thing is, as a whole name or as a part of one.
OUT = {"told", "said", "clothes", "wish", "wishes", "mended"}
OUT_TOGETHER = ("turned_to", "give_up", "gives_up", "gave_up", "what_goes", "set_apart")


def test_names_are_made_of_words_that_say_what_a_thing_is():
    assert [
        f"{module}:{node.lineno}: {name}"
        for module, path in SOURCES.items()
        if not is_of_importing(module)
        for node in nodes_in(path)
        if (name := defined_name(node))
        and (OUT & set(name.lower().split("_")) or any(each in name for each in OUT_TOGETHER))
    ] == []
    assert [name for name in SOURCES if OUT & set(name.rpartition(".")[2].split("_"))] == []


def defined_name(node: ast.AST) -> str:
    """Return the name that a node gives to something, if it does."""
    match node:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.arg(arg=name):
            return name
        case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
            return name
    return ""


def test_what_asks_something_of_the_plan_can_be_asked_again():
    assert [
        f"{module}.{group.name}.{function.name}"
        for module, path in SOURCES.items()
        if is_within(module, "ui")
        for group in nodes_in(path)
        if isinstance(group, ast.ClassDef) and "Commands" in map(last_name, group.bases)
        for function in ast.walk(group)
        if isinstance(function, ast.FunctionDef)
        if "with self._editing(" in ast.unparse(function)
        and "repeatable" not in map(last_name, function.decorator_list)
        and not any(isinstance(each, ast.FunctionDef) for each in function.body)
    ] == []


def last_name(node: ast.expr) -> str:
    """Return what a class or a decorator is called, without its module."""
    return ast.unparse(node).rpartition(".")[2]


def test_no_modules_import_each_other_in_a_circle_also_not_for_their_types():
    try:
        TopologicalSorter({module: modules_imported(module) for module in SOURCES}).prepare()
    except CycleError as error:
        pytest.fail(" → ".join(error.args[1]))


def modules_imported(module: str) -> set[str]:
    """Return the modules of ours that one imports, for whatever purpose."""
    names = (name.removeprefix(PACKAGE).removeprefix(".") for name in found_in(module))
    modules = (name if name in SOURCES else name.rpartition(".")[0] for name in names)
    return {each for each in modules if each in SOURCES} - {module, ""}


def test_no_feature_knows_the_window_or_the_commands_of_another():
    owners = {"ui.main_window", "ui.features", *commands_of_features()}
    assert [
        f"{module} imports {name}"
        for module in SOURCES
        if is_within(module, "ui")
        for name in modules_imported(module) & owners
        if module not in {"ui.main_window", "ui.features"}
    ] == []


def test_at_the_root_of_the_ui_stands_only_what_every_feature_may_need():
    assert {name.removeprefix("ui.") for name in SOURCES if re.fullmatch(r"ui\.\w+", name)} - {
        path.parent.name for path in SOURCES.values()
    } == {
        *("main_window", "features", "shell", "actions"),
        *("toolbar", "foot"),  # parts of the window's frame, which show what they are given
        *("asking", "jobs", "messages", "outside", "placing", "settings", "sides"),
    }


def test_the_shell_knows_no_feature():
    rooms = {name.rpartition(".")[0] for name in SOURCES if name.count(".") > 1} - {"ui.widgets"}
    assert [
        name for name in modules_imported("ui.shell") if name.rpartition(".")[0] in rooms
    ] == []


def commands_of_features() -> set[str]:
    """Return the modules in which a group of commands is defined."""
    return {
        module
        for module, path in SOURCES.items()
        if is_within(module, "ui")
        for group in nodes_in(path)
        if isinstance(group, ast.ClassDef) and "Commands" in map(last_name, group.bases)
    }


def test_values_that_get_further_columns_are_made_by_the_names_of_these():
    kinds = {"Action", "Outlook", "Progress"}
    makes_one = re.compile(rf"\b({'|'.join(kinds)})\(")
    assert [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in (*SOURCES.values(), *sorted((ROOT / "tests").rglob("*.py")))
        if makes_one.search(path.read_text(encoding="utf-8"))
        for node in nodes_in(path)
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", getattr(node.func, "id", "")) in kinds
        and node.args
    ] == []
