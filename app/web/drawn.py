"""A figure as it stands on the page: on the page's own ground, light or dark, without a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

_CLEAR = "rgba(0,0,0,0)"
_INK = "#748494"
"""Reads on the page's light ground and on its dark one."""
_LOWER = 60
_TOP = 44
"""Pixels above the panels, for the name of the first one's unit."""


def beside(figure: Figure) -> Figure:
    """The figure as it stands beside an answer, lower than in a tab of its own."""
    return on_page(figure).update_layout(height=figure.layout.height - _LOWER)


def on_page(figure: Figure) -> Figure:
    """The figure without its title and in colours for both grounds; the same object."""
    margin = figure.layout.margin
    if figure.layout.height and margin.t:
        figure.update_layout(height=figure.layout.height - margin.t + _TOP, title_text=None)
        figure.update_layout(margin={"t": _TOP, "b": margin.b, "l": 48, "r": 16})
    figure.update_layout(paper_bgcolor=_CLEAR, plot_bgcolor=_CLEAR, font_color=_INK)
    figure.update_xaxes(gridcolor="rgba(128,128,128,.2)", linecolor=_INK)
    figure.update_yaxes(gridcolor="rgba(128,128,128,.2)", zerolinecolor="rgba(128,128,128,.4)")
    return figure
