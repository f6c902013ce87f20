"""How well, how fast and in how much memory names are taken out: predictions, or figures against a gold standard.

    python benchmarks/anonymisation.py --cases CASES.jsonl --out PRED.jsonl
    python benchmarks/anonymisation.py --cases benchmarks/data/development.jsonl --score

Each line of CASES holds ``id``, ``register`` and ``text``; a line of PRED the masked text, each replacement and
each doubt with offsets in the original text. Lines with the same register are one case.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from platformdirs import user_data_path

from audit_kit.domain.masked import Masked
from audit_kit.models.installed import voters as installed_voters
from audit_kit.privacy import CaseAnonymiser, KeepWords
from audit_kit.privacy.model_votes import Voter
from benchmarks.case_lines import lines_of, register_from


def predicted(line: dict[str, object], masked: Masked) -> dict[str, object]:
    return {
        "id": line["id"],
        "text": masked.text,
        "masked": [{"start": r.start, "end": r.end, "label": r.label, "rule": r.rule} for r in masked.replacements],
        "review": [{"start": d.start, "end": d.end, "why": d.why} for d in masked.doubts],
    }


def name_models(folder: Path | None) -> tuple[Voter, ...]:
    """The optional models of this folder, of AUDIT_KIT_MODELS, or of the store of a standard installation."""
    named = folder or Path(os.environ.get("AUDIT_KIT_MODELS", "") or user_data_path("audit-kit") / "store" / "models")
    return installed_voters(named)


def run(
    lines: list[dict[str, object]], voters: tuple[Voter, ...] = ()
) -> tuple[list[dict[str, object]], dict[str, float]]:
    """The predictions, and how fast they were made."""
    # the models work in a process beside this one: with them the time that passes counts, without them the processor's
    clock = time.perf_counter if voters else time.process_time
    results, compiling, masking, anonymiser, last = [], 0.0, 0.0, None, None
    for line in lines:
        register = json.dumps(line.get("register", []), sort_keys=True)
        started = clock()
        if anonymiser is None or register != last:
            anonymiser = CaseAnonymiser.for_case(register_from(line), KeepWords.standard(), voters=voters)
            last = register
        compiled = clock()
        masked = anonymiser.mask(str(line["text"]))
        masking += clock() - compiled
        compiling += compiled - started
        results.append(predicted(line, masked))
    characters = sum(len(str(line["text"])) for line in lines)
    return results, {
        "characters": characters,
        "characters_a_second": round(characters / masking) if masking else 0,
        "seconds_compiling": round(compiling, 3),
        "characters_a_second_with_compiling": round(characters / (masking + compiling)) if masking else 0,
        "peak_megabytes": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    }


def _covered(text: str, gold: dict[str, int], spans: list[dict[str, int]]) -> bool:
    """Whether every letter and digit of a gold stretch is inside the spans."""
    left = {i for i in range(gold["start"], gold["end"]) if text[i].isalnum()}
    for span in spans:
        left -= set(range(span["start"], span["end"]))
    return not left


def score(lines: list[dict[str, object]], results: list[dict[str, object]], *, show: bool = False) -> dict[str, float]:
    """The figures against the gold stretches of each line."""
    total: Counter[str] = Counter()
    asked: set[tuple[str, str]] = set()
    for line, result in zip(lines, results, strict=True):
        _score_line(line, result, total, asked, show=show)
    registered = ("registered name", "registered identifier", "far form")
    share = lambda hits, of: round(total[hits] / total[of], 4) if total[of] else 1.0  # noqa: E731
    for what in ("masked", "seen", "all"):
        total[f"derivable:{what}"] = sum(total[f"{kind}:{what}"] for kind in registered[:2])
    return {
        "derivable_masked": share("derivable:masked", "derivable:all"),
        "names_masked": share("registered name:masked", "registered name:all"),
        "names_masked_or_review": share("registered name:seen", "registered name:all"),
        "far_forms_masked_or_review": share("far form:seen", "far form:all"),
        "unknown_masked": share("unknown:masked", "unknown:all"),
        "unknown_masked_or_review": share("unknown:seen", "unknown:all"),
        "precision": share("right", "predictions"),
        "ordinary_damaged": round(total["ordinary:masked"] / max(1, total["ordinary:all"]), 4),
        "reviews_per_1000_words": round(1000 * total["reviews"] / max(1, total["words"]), 2),
    }


def _score_line(line, result, total, asked, *, show):  # type: ignore[no-untyped-def]
    text, masked, review = line["text"], result["masked"], result["review"]
    gold = [g for g in line["gold"] if g["kind"] != "ordinary"]
    total["words"] += len(text.split())
    # a person is asked once for all mentions of a form in a case
    case = json.dumps(line.get("register", []), sort_keys=True)
    forms = {(case, text[d["start"] : d["end"]].lower()) for d in review}
    total["reviews"] += len(forms - asked)
    asked |= forms
    for g in line["gold"]:
        kind = g["kind"]
        total[f"{kind}:all"] += 1
        if kind == "ordinary":
            hit = any(m["start"] < g["end"] and g["start"] < m["end"] for m in masked)
            total["ordinary:masked"] += hit
            if hit and show:
                print(
                    f"{line['id']} DAMAGED   {g['words']!r}: {[(text[m['start'] : m['end']], m['rule']) for m in masked if m['start'] < g['end'] and g['start'] < m['end']]}"
                )
            continue
        full, seen = _covered(text, g, masked), _covered(text, g, masked + review)
        total[f"{kind}:masked"] += full
        total[f"{kind}:seen"] += seen
        if show and not full:
            print(
                f"{line['id']} {'REVIEW   ' if seen else 'MISSED   '} {kind} {g['words']!r}   in: {text[max(0, g['start'] - 30) : g['end'] + 30]!r}"
            )
    for m in masked:
        right = any(m["start"] < g["end"] and g["start"] < m["end"] for g in gold)
        total["predictions"] += 1
        total["right"] += right
        if show and not right:
            print(f"{line['id']} WRONG     {text[m['start'] : m['end']]!r} -> {m['label']} ({m['rule']})")
    if show:
        for d in review:
            if not any(d["start"] < g["end"] and g["start"] < d["end"] for g in gold):
                print(f"{line['id']} ASKED     {text[d['start'] : d['end']]!r} ({d['why']})")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, required=True)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--score", action="store_true", help="compare with the gold stretches in CASES")
    parser.add_argument("--show", action="store_true", help="with --score: every miss, mistake and needless question")
    parser.add_argument("--no-ner", action="store_true", help="without the optional models")
    parser.add_argument("--models", type=Path, help="the folder of the optional models (default: AUDIT_KIT_MODELS)")
    options = parser.parse_args()
    lines = lines_of(options.cases)
    voters = () if options.no_ner else name_models(options.models)
    if not voters and not options.no_ner:
        print("without name models: none are there (audit-kit models add)")
    results, speed = run(lines, voters)
    if options.out:
        options.out.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in results), encoding="utf-8")
    if options.score:
        for name, figure in score(lines, results, show=options.show).items():
            print(f"{name:32} {figure}")
    for name, figure in speed.items():
        print(f"{name:32} {figure}")


if __name__ == "__main__":
    main()
