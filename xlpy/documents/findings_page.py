"""Findings as a page for the browser: opens without macros, reloads itself, asks nothing of the network.

No script, and nothing from outside may load: what stands in cells of a workbook is only ever shown as text.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from html import escape

from xlpy.checks.findings import Finding, Severity, hint_of, message_of, severity_word
from xlpy.words import watch as words

_RELOAD_SECONDS = 5
# A sign beside each colour: state is never shown by colour alone.
_SIGNS = {Severity.ERROR: "✖", Severity.WARNING: "▲", Severity.NOTICE: "ℹ"}
_STYLE = """
body { font: 16px/1.4 "Segoe UI", "DejaVu Sans", Arial, sans-serif; color: #1f2937; margin: 24px; }
h1 { font-size: 24px; color: #1f3864; margin: 0 0 4px; }
p { margin: 4px 0; }
.counts { font-weight: bold; font-size: 18px; margin: 12px 0; }
.refused { background: #ffd5d5; color: #9c0006; font-weight: bold; padding: 8px 12px; }
.quiet { color: #4b5563; }
table { border-collapse: collapse; width: 100%; margin: 12px 0; }
th { background: #1f3864; color: #ffffff; text-align: left; padding: 6px 8px; }
td { border: 1px solid #cbd5e1; padding: 6px 8px; vertical-align: top; }
.level { white-space: nowrap; }
.where, .rule { white-space: nowrap; }
.error .level { background: #ffd5d5; color: #9c0006; font-weight: bold; }
.warning .level { background: #fff1b8; color: #6b4400; }
@media print { body { margin: 0; font-size: 12px; } thead { display: table-header-group; } tr { break-inside: avoid; } }
"""
_PAGE = """<!DOCTYPE html>
<html lang="ru">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta http-equiv="refresh" content="{seconds}">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<h1>{title}</h1>
{body}
<p class="quiet">{foot}</p>
</body>
</html>
"""


def findings_page(book: str, findings: Sequence[Finding], counts: str, moment: datetime) -> str:
    """The page of one check: the gravest first, `counts` says how many there are."""
    checked = _paragraph("quiet", words.CHECKED.format(moment=moment))
    return _page(book, [checked, _listed(findings, counts)])


def refused_page(book: str, findings: Sequence[Finding] | None, counts: str, moment: datetime, why: str) -> str:
    """The page while the workbook cannot be checked; the findings of the check before stay to be read."""
    body = [_paragraph("refused", words.NOT_CHECKED.format(moment=moment, why=why))]
    if findings is not None:
        body += [_paragraph("quiet", words.EARLIER), _listed(findings, counts)]
    return _page(book, body)


def _page(book: str, body: Sequence[str]) -> str:
    return _PAGE.format(
        seconds=_RELOAD_SECONDS,
        title=escape(words.TITLE.format(book=book)),
        style=_STYLE,
        body="\n".join(body),
        foot=escape(words.FOOT),
    )


def _paragraph(look: str, text: str) -> str:
    return f'<p class="{look}">{escape(text)}</p>'


def _listed(findings: Sequence[Finding], counts: str) -> str:
    if not findings:
        return _paragraph("counts", words.NONE)
    gravity = list(Severity)
    rows = [_row(finding) for finding in sorted(findings, key=lambda one: gravity.index(one.severity))]
    heads = "".join(f"<th>{escape(head)}</th>" for head in words.COLUMNS)
    table = f"<table><thead><tr>{heads}</tr></thead><tbody>\n" + "\n".join(rows) + "\n</tbody></table>"
    return _paragraph("counts", counts) + "\n" + table


def _row(finding: Finding) -> str:
    cells = (
        ("level", f"{_SIGNS[finding.severity]} {severity_word(finding.severity)}"),
        ("where", words.WHERE.format(sheet=finding.sheet, cell=finding.cell)),
        ("wrong", message_of(finding)),
        ("mend", hint_of(finding)),
        ("rule", finding.code),
    )
    filled = "".join(f'<td class="{look}">{escape(text)}</td>' for look, text in cells)
    return f'<tr class="{finding.severity.value}">{filled}</tr>'
