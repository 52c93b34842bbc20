"""Protocols per second: our compiled template beside docxtpl, in one run.

By hand: python -m tests.benchmarks.bench_protocols. Both fill the shipped template of «протокол проверки» for a class
of 28 and a work of 25 tasks, in memory. First the documents are compared: body, headers, footers and properties must
be equal in canonical form, or nothing is measured. Times are of the processor, so that a busy machine changes little.
"""

from __future__ import annotations

import io
import platform
import time
from collections.abc import Callable
from datetime import date

import docxtpl
from docxtpl import DocxTemplate

from tests.documents.protocol.made_up_school import paper, school, shipped_templates, tables_of, task_rows
from tests.documents.template.oracle import docxtpl_s_own, rendered_parts
from xlpy.documents.protocol import protocol_context, protocols_of
from xlpy.documents.template import Template

TASKS, PUPILS, ROUNDS = 25, 28, 5
DOCXTPL_DOCUMENTS, OUR_DOCUMENTS = 12, 200


def seconds_per_document(documents: int, make: Callable[[], object]) -> float:
    started = time.process_time()
    for _ in range(documents):
        make()
    return (time.process_time() - started) / documents


def main() -> None:
    codes = [str(50001 + number) for number in range(PUPILS)]
    rows = school(
        tasks=task_rows([f"{n}К1" for n in range(1, TASKS + 1)], [2] * TASKS),
        participants=[{"code": code, "school_class": "5А"} for code in codes],
        results=[
            paper(code, ["X" if (at + n) % 9 == 0 else n % 3 for n in range(TASKS)]) for at, code in enumerate(codes)
        ],
    )
    (protocol,) = protocols_of(*tables_of(rows), date(2021, 5, 20))
    context = protocol_context(protocol)
    loaded = Template.load(shipped_templates() / "protocol.docx")
    template = loaded.for_columns(TASKS)

    def ours() -> bytes:
        return loaded.for_columns(TASKS).render(context)

    def theirs() -> bytes:
        document, out = DocxTemplate(io.BytesIO(template.content)), io.BytesIO()
        document.render(context, autoescape=True)
        document.save(out)
        return out.getvalue()

    if not template.is_fast or rendered_parts(ours()) != docxtpl_s_own(template.content, context):
        raise SystemExit("documents differ: nothing measured")
    pairs = sorted(
        (seconds_per_document(DOCXTPL_DOCUMENTS, theirs), seconds_per_document(OUR_DOCUMENTS, ours))
        for _ in range(ROUNDS)
    )
    slow, fast = (sorted(column)[ROUNDS // 2] for column in zip(*pairs, strict=True))
    print(f"Python {platform.python_version()}, docxtpl {docxtpl.__version__}; {PUPILS} papers × {TASKS} tasks")
    print(f"docxtpl  {slow * 1000:7.2f} ms of CPU a document, {1 / slow:7.1f} documents a second")
    print(f"xlpy     {fast * 1000:7.2f} ms of CPU a document, {1 / fast:7.1f} documents a second")
    print(f"ratio    {slow / fast:7.1f} (median of {ROUNDS} rounds; parts equal under C14N: yes)")


if __name__ == "__main__":
    main()
