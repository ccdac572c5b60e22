/// A night as one self-contained page, `nightly.html`, in the look of `report.html` and with links into those of its cells.
///
/// Enter at [NightPage]. All of it stands in the page as it is, and needs no script to be read; the script only opens what a link leads to.
/// What grows with the nights is drawn in a bounded number of points ([Trend]), and what grows with what fails is told the shorter the more
/// there is ([Detail]).
@NullMarked
package dev.lockdown.nightly.page;

import org.jspecify.annotations.NullMarked;
