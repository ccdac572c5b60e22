/// What observations prove, as data: verdicts, the controls behind them, what was in doubt, and the reasons of the policies.
///
/// Enter at [Judge], which is pure: observations and a control give a [Verdict], now or from a journal. A [Cell] is one flow's claim beside
/// its verdict, a [Judgement] all cells of a step. [Wording] and [Headline] are the only makers of text about them, and nobody reads that
/// text back. Depends on flow, state and policy.
@NullMarked
package dev.lockdown.verdict;

import org.jspecify.annotations.NullMarked;
