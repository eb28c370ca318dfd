"""HiGHS, by ``highspy``: mixed-integer programs, in a thread that lets the window go on.

It is imported when something is solved. It stops by gap or nodes and works in one thread, so that the same
program has the same answer on every day and computer. Never together with ``ortools``: their symbols clash.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from coordinator.domain.planning.program import (
    INFINITY,
    TO_THE_END,
    Answer,
    Program,
    Progress,
    Until,
    Watch,
    go_on,
)

if TYPE_CHECKING:
    import highspy
    import numpy as np
    from numpy.typing import NDArray


class Highs:
    """Solves with HiGHS; see ``program.Solver``."""

    def solve(self, program: Program, until: Until = TO_THE_END, watch: Watch = go_on) -> Answer:
        """Return the best answer to *program*; the same one each time it is asked."""
        if not program.cost:
            return Answer((), Progress(0.0, 0.0))
        return _Run(program, until, watch).answer().wholly(program)


class _Run:
    """One solve: the model handed over, the wishes set, and what came of it."""

    def __init__(self, program: Program, until: Until, watch: Watch) -> None:
        self._program, self._watch = program, watch
        self._is_cancelled = False
        self._highs = _silent_highs()
        self._highs.passModel(_model(program))
        self._set(until)
        if len(program.start):
            self._begin_with(program.start)

    def _set(self, until: Until) -> None:
        for name, value in {
            "threads": 1,
            "parallel": "off",
            "random_seed": 0,
            "mip_rel_gap": until.gap,
            "mip_abs_gap": 1e-6,
            "mip_max_nodes": until.nodes,
            "objective_target": until.target,
        }.items():
            self._highs.setOptionValue(name, value)

    def _begin_with(self, start: Any) -> None:  # noqa: ANN401 - any sequence of numbers
        import highspy  # noqa: PLC0415 - as below

        solution = highspy.HighsSolution()
        solution.col_value = list(start)
        self._highs.setSolution(solution)

    def answer(self) -> Answer:
        """Solve, and return the best that was found."""
        from highspy import cb  # noqa: PLC0415 - as below

        self._highs.setCallback(self._on_news, None)
        for kind in (
            cb.HighsCallbackType.kCallbackMipInterrupt,
            cb.HighsCallbackType.kCallbackSimplexInterrupt,
            cb.HighsCallbackType.kCallbackMipLogging,
        ):
            self._highs.startCallback(kind)
        self._highs.run()
        info, solution = self._highs.getInfo(), self._highs.getSolution()
        if not solution.value_valid or info.primal_solution_status != 2:
            return Answer(tuple(self._program.start), Progress(INFINITY, -INFINITY), self._is_cancelled)
        # Its own figure was not that of its answer once (1.16.0): the gap is told of what was found.
        best, is_whole = self._program.value(solution.col_value), any(self._program.whole)
        bound = info.mip_dual_bound if is_whole else best
        beyond = () if is_whole else tuple(solution.col_dual)
        return Answer(tuple(solution.col_value), Progress(best, min(bound, best)), self._is_cancelled, beyond)

    def _on_news(self, kind: Any, _message: str, news: Any, back: Any, _data: object) -> None:  # noqa: ANN401
        """Tell how far it is, and stop when nobody wants to wait any more."""
        from highspy import cb  # noqa: PLC0415 - as below

        is_loose = kind == cb.HighsCallbackType.kCallbackSimplexInterrupt
        known = (INFINITY, -INFINITY) if is_loose else (news.mip_primal_bound, news.mip_dual_bound)
        self._is_cancelled = self._is_cancelled or not self._watch(Progress(*known))
        if self._is_cancelled and back is not None:
            back.user_interrupt = True


def _silent_highs() -> Any:  # noqa: ANN401 - the library types only what greets
    """Return a solver that says nothing: ``highspy.Highs`` greets on standard output first."""
    from highspy import _core  # noqa: PLC0415 - only when something is solved

    made = _core._Highs()  # noqa: SLF001 - see above
    made.setOptionValue("output_flag", False)  # noqa: FBT003 - the library's own
    return made


def _model(program: Program) -> highspy.HighsLp:
    import highspy  # noqa: PLC0415 - only when something is solved
    import numpy as np  # noqa: PLC0415 - likewise

    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(program.cost), len(program.rows)
    model.col_cost_ = np.asarray(program.cost, dtype=float)
    model.col_lower_ = _bounds(program.low)
    model.col_upper_ = _bounds(program.high)
    model.row_lower_ = _bounds([row.low for row in program.rows])
    model.row_upper_ = _bounds([row.high for row in program.rows])
    matrix = model.a_matrix_
    matrix.format_ = highspy.MatrixFormat.kRowwise
    matrix.num_col_, matrix.num_row_ = model.num_col_, model.num_row_
    matrix.start_ = np.cumsum([0, *(len(row.columns) for row in program.rows)])
    matrix.index_ = np.asarray([column for row in program.rows for column in row.columns], dtype=np.int32)
    matrix.value_ = np.asarray([factor for row in program.rows for factor in row.factors], dtype=float)
    if any(program.whole):
        kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
        model.integrality_ = [kinds[whole] for whole in program.whole]
    return model


def _bounds(values: list[float]) -> NDArray[np.float64]:
    import highspy  # noqa: PLC0415 - only when something is solved
    import numpy as np  # noqa: PLC0415 - likewise

    inf = highspy.kHighsInf
    return np.asarray([value if math.isfinite(value) else math.copysign(inf, value) for value in values])
