"""A plan as plain Python data: what the program should do, said once more without a database.

Written from the rules that users are told, not from the services. Lines and outlooks are
lists [mark or direction, text, carried], by the name of their round.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

Json = dict[str, Any]


class PlainPlan:
    """The model of the property test; `ids` are those which the services return."""

    def __init__(self, dumped: Json) -> None:
        self.rounds = [{**each, "closed": each["closed"]} for each in dumped["rounds"]]
        self.shown: str = self.rounds[-1]["name"]
        self.terms = {each["name"]: each for each in dumped["terms"]}
        self.headings: dict[int, Json] = {}
        self.tops: dict[str, list[int]] = {}
        for name, term in self.terms.items():
            self.tops[name] = [self._read_heading(each, name) for each in term["headings"]]
        self.actions = {each["id"]: _read_action(each) for each in dumped["actions"]}
        self.opinions = {
            (each["round"], each["heading"]): [each["text"], each["response"]]
            for each in dumped["opinions"]
        }

    def _read_heading(self, heading: Json, term: str) -> int:
        self.headings[heading["id"]] = {
            "title": heading["title"],
            "term": term,
            "headings": [self._read_heading(each, term) for each in heading["headings"]],
            "actions": [each["action"] for each in heading["placements"]],
        }
        number: int = heading["id"]
        return number

    # Questions

    def picture(self) -> Json:
        """Return all of it in the form that `pictured` makes of a dump."""
        return {
            "rounds": [
                (each["name"], each["fiscal_year"], each["closed"]) for each in self.rounds
            ],
            "terms": {
                name: [self._heading_picture(each) for each in tops]
                for name, tops in self.tops.items()
            },
            "actions": {
                action_id: {
                    **each,
                    "lines": _filled(each["lines"]),
                    "prerequisites": sorted(each["prerequisites"]),
                }
                for action_id, each in self.actions.items()
            },
            "opinions": self.opinions,
        }

    def _heading_picture(self, heading_id: int) -> Json:
        heading = self.headings[heading_id]
        return {
            "title": heading["title"],
            "headings": [self._heading_picture(each) for each in heading["headings"]],
            "actions": heading["actions"],
        }

    def round(self, name: str) -> Json:
        return next(each for each in self.rounds if each["name"] == name)

    def places(self, action_id: int) -> list[int]:
        """Return the headings under which an action stands."""
        return [each for each in self.headings if action_id in self.headings[each]["actions"]]

    @property
    def placed(self) -> list[int]:
        return [each for each in self.actions if self.places(each)]

    def is_placed(self, action_id: int) -> bool:
        return action_id in self.actions and bool(self.places(action_id))

    def is_free(self, action_id: int) -> bool:
        """Tell whether no other action goes back to this one."""
        joined = any(each["joined_into"] == action_id for each in self.actions.values())
        continued = any(each["continues"] == action_id for each in self.actions.values())
        return not (joined or continued or self.actions[action_id]["successor"])

    @property
    def is_open(self) -> bool:
        return not self.round(self.shown)["closed"]

    def _lines(self, action_id: int) -> list[list[Any]]:
        lines: list[list[Any]] = self.actions[action_id]["lines"].setdefault(self.shown, [])
        return lines

    def may_wait(self, action_id: int, required_id: int) -> bool:
        """Tell whether an action may wait for another one: of its term, and in no circle."""
        ahead, seen = [required_id], set()
        while ahead:
            each = ahead.pop()
            if each not in seen:
                seen.add(each)
                ahead += self.actions[each]["prerequisites"]
        same_term = self.actions[action_id]["term"] == self.actions[required_id]["term"]
        return same_term and action_id not in seen

    # The year's work

    def open_round(self, name: str, fiscal_year: int) -> None:
        before = self.rounds[-1]["name"]
        over = self._over(fiscal_year)
        self.rounds.append({"name": name, "fiscal_year": fiscal_year, "closed": False})
        for action_id in self.placed:
            action = self.actions[action_id]
            if action["term"] in over:
                continue
            said = action["lines"].get(before) or [
                line
                for each in self.origins(action_id)
                for line in self.actions[each]["lines"].get(before, [])
            ]
            action["lines"][name] = [[mark, text, True] for mark, text, _ in said]
            candidates = [action_id, *self.origins(action_id)]
            outlook = next(
                (o for each in candidates if (o := self.actions[each]["outlooks"].get(before))),
                None,
            )
            if outlook:
                action["outlooks"][name] = [*outlook[:2], True]
        self.shown = name

    def _over(self, fiscal_year: int) -> set[str]:
        names = list(self.terms)
        filled = {self.actions[each]["term"] for each in self.placed}
        newest = max((names.index(each) for each in filled), default=0)
        return {
            name
            for place, name in enumerate(names)
            if self.terms[name]["last_fiscal_year"] < fiscal_year and place < newest
        }

    def origins(self, action_id: int) -> list[int]:
        """Return the old actions which an action of a new term goes back to."""
        merged = [each for each, old in self.actions.items() if old["successor"] == action_id]
        continued = self.actions[action_id]["continues"]
        return list(dict.fromkeys([*([continued] if continued else []), *merged]))

    def set_status(self, action_id: int, mark: str) -> None:
        lines = self._lines(action_id)
        if not lines:
            lines.append([mark, "", False])
        for line in lines:
            if line[0] != mark or line[2]:
                line[0], line[2] = mark, False

    def add_line(self, action_id: int, text: str) -> None:
        self._lines(action_id).append([None, text, False])

    def set_text(self, action_id: int, place: int, text: str) -> None:
        line = self._lines(action_id)[place]
        line[1:] = [text, False]

    def accept(self, action_id: int) -> None:
        for line in self._lines(action_id):
            line[2] = False
        if outlook := self.actions[action_id]["outlooks"].get(self.shown):
            outlook[2] = False

    def set_outlook(self, action_id: int, text: str) -> None:
        outlooks = self.actions[action_id]["outlooks"]
        known = outlooks.setdefault(self.shown, [None, "", False])
        known[1:] = [text, False]
        if known[0] is None and not text:
            del outlooks[self.shown]

    def set_opinion(self, heading_id: int | None, column: str, text: str) -> None:
        said = self.opinions.setdefault((self.shown, heading_id), ["", ""])
        said[0 if column == "text" else 1] = text
        if not any(said):
            del self.opinions[self.shown, heading_id]

    # Structure

    def add_heading(self, heading_id: int, title: str, above: int | str) -> None:
        beside = self.tops[above] if isinstance(above, str) else self.headings[above]["headings"]
        term = above if isinstance(above, str) else self.headings[above]["term"]
        beside.append(heading_id)
        self.headings[heading_id] = {"title": title, "term": term, "headings": [], "actions": []}

    def add_action(self, action_id: int, title: str, heading_id: int) -> None:
        self.headings[heading_id]["actions"].append(action_id)
        self.actions[action_id] = _new_action(title, self.headings[heading_id]["term"])

    def delete_action(self, action_id: int, heading_id: int) -> None:
        """Take a placement away; with the last one goes what no closed round tells."""
        self.headings[heading_id]["actions"].remove(action_id)
        if self.places(action_id):
            return
        for each in self.actions.values():
            each["prerequisites"].discard(action_id)
            if each["successor"] == action_id:
                each["successor"] = each["choice"] = None
        self.actions[action_id].update(prerequisites=set(), choice=None)
        self._forget(action_id)

    def _forget(self, action_id: int) -> None:
        """Drop what open rounds say of an action, and the action where no closed one speaks."""
        action = self.actions[action_id]
        closed = {each["name"] for each in self.rounds if each["closed"]}
        for kind in ("lines", "outlooks"):
            action[kind] = {
                name: said for name, said in action[kind].items() if name in closed and said
            }
        if not action["lines"] and not action["outlooks"]:
            del self.actions[action_id]

    # Joining and splitting

    def may_join(self, kept: int, gone: int) -> bool:
        """Tell whether two actions may become one: of one term, and gone is bound to no other."""
        action = self.actions[gone]
        bound = action["choice"] is not None or self.origins(gone)
        if kept == gone or bound or self.actions[kept]["term"] != action["term"]:
            return False
        return kept not in _reached(self._waits_as_one(kept, gone), kept)

    def join(self, kept: int, gone: int) -> None:
        """Let an action take everything of another over; its own texts are kept."""
        for heading in self.headings.values():
            if gone in heading["actions"] and kept not in heading["actions"]:
                heading["actions"] = [
                    kept if each == gone else each for each in heading["actions"]
                ]
            elif gone in heading["actions"]:
                heading["actions"].remove(gone)
        self._take_over_waiting(kept, gone)
        self._take_over_records(kept, gone)
        self.actions[gone]["joined_into"] = kept

    def _take_over_waiting(self, kept: int, gone: int) -> None:
        """Let one wait and be waited for in the place of the other, but not for itself."""
        for action_id, required in self._waits_as_one(kept, gone) ^ self._waits():
            each = self.actions[action_id]["prerequisites"]
            each ^= {required}

    def _waits(self) -> set[tuple[int, int]]:
        return {(a, b) for a, each in self.actions.items() for b in each["prerequisites"]}

    def _waits_as_one(self, kept: int, gone: int) -> set[tuple[int, int]]:
        pairs = {tuple(kept if each == gone else each for each in pair) for pair in self._waits()}
        return {(a, b) for a, b in pairs if a != b}

    def _take_over_records(self, kept: int, gone: int) -> None:
        mine, theirs = self.actions[kept], self.actions[gone]
        for name in [each["name"] for each in self.rounds if not each["closed"]]:
            lines = theirs["lines"].pop(name, [])
            outlook, own = theirs["outlooks"].pop(name, None), mine["outlooks"].get(name)
            if name == self.shown:
                for line in mine["lines"].get(name, []):
                    line[2] = False
                if own:
                    own[2] = False
                continue
            mine["lines"].setdefault(name, []).extend(lines)
            if outlook and own:
                own[0] = own[0] or outlook[0]
                own[1] = "\n".join(dict.fromkeys(filter(None, (own[1], outlook[1]))))
            elif outlook:
                mine["outlooks"][name] = outlook

    def split(self, action_id: int, heading_id: int, own_id: int) -> None:
        """Give one placement an action of its own that says the same in the round shown."""
        action = self.actions[action_id]
        copy = {**_new_action(action["title"], action["term"]), "continues": action["continues"]}
        own = self.actions.setdefault(own_id, copy)
        own["joined_into"] = None
        own["prerequisites"] = set(action["prerequisites"])
        for kind in ("lines", "outlooks") if self.is_open else ():
            if action[kind].get(self.shown) and not own[kind].get(self.shown):
                own[kind][self.shown] = deepcopy(action[kind][self.shown])
        places = self.headings[heading_id]["actions"]
        places[places.index(action_id)] = own_id

    # The next term

    def awaits_next_term(self) -> bool:
        """Tell whether the first term has actions and the second one has nothing yet."""
        first, second = list(self.terms)
        filled = any(self.actions[each]["term"] == first for each in self.placed)
        return filled and not self.tops[second]

    def draw_up(self, leaving: set[int], heading_ids: list[int], action_ids: list[int]) -> None:
        """Copy the first term into the second without those that leave.

        The ids are those of the new headings and actions, in printed order.
        """
        first, second = list(self.terms)
        old = {each for each in self.placed if self.actions[each]["term"] == first}
        heirs: dict[int, int] = {}
        self.tops[second] = [
            self._copied(each, second, leaving, heirs, heading_ids, action_ids)
            for each in self.tops[first]
        ]
        for action_id in old:
            action = self.actions[action_id]
            action["successor"] = heirs.get(action_id)
            action["choice"] = "continue" if action_id in heirs else "drop"
            for required in action["prerequisites"] if action_id in heirs else ():
                if required in heirs:
                    self.actions[heirs[action_id]]["prerequisites"].add(heirs[required])

    def _copied(
        self,
        heading_id: int,
        term: str,
        leaving: set[int],
        heirs: dict[int, int],
        heading_ids: list[int],
        action_ids: list[int],
    ) -> int:
        """Copy a heading with all below it, actions first, and return the id of the copy."""
        heading, copy_id = self.headings[heading_id], heading_ids.pop(0)
        copy = self.headings[copy_id] = {**heading, "term": term, "headings": [], "actions": []}
        for action_id in heading["actions"]:
            if action_id in leaving:
                continue
            new_id = action_ids.pop(0)
            copy["actions"].append(new_id)
            if action_id not in heirs:
                heirs[action_id] = new_id
                self.actions[new_id] = _new_action(self.actions[action_id]["title"], term)
                self.actions[new_id]["continues"] = action_id
        copy["headings"] = [
            self._copied(each, term, leaving, heirs, heading_ids, action_ids)
            for each in heading["headings"]
        ]
        return copy_id


def _reached(pairs: set[tuple[int, int]], start: int) -> set[int]:
    """Return where the pairs lead from a start, step by step."""
    reached: set[int] = set()
    ahead = [start]
    while ahead:
        each = ahead.pop()
        further = {b for a, b in pairs if a == each} - reached
        reached |= further
        ahead += further
    return reached


def _filled(lines: Json) -> Json:
    return {name: said for name, said in lines.items() if said}


def _new_action(title: str, term: str) -> Json:
    return {
        "title": title,
        "term": term,
        "lines": {},
        "outlooks": {},
        "prerequisites": set(),
        "continues": None,
        "successor": None,
        "choice": None,
        "joined_into": None,
    }


def _read_action(action: Json) -> Json:
    read = _new_action(action["title"], action["term"])
    for line in action["progress"]:
        said = read["lines"].setdefault(line["round"], [])
        said.append([line["status"], line["text"], line["carried"]])
    for each in action["outlooks"]:
        read["outlooks"][each["round"]] = [each["direction"], each["text"], each["carried"]]
    read["prerequisites"] = set(action["prerequisites"])
    for name in ("continues", "successor", "choice", "joined_into"):
        read[name] = action[name]
    return read


def pictured(dumped: Json) -> Json:
    """Return what the property test compares of a dump."""
    return PlainPlan(dumped).picture()
