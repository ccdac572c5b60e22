/// A rehearsal as a picture and as one self-contained page, in the look of `report.html`.
///
/// Enter at [RehearsalPage] for the page and Markdown's [RehearsalMarkdown], at [RehearsalGraph] for the application as a graph in each state.
/// There is no script: radio buttons choose the state that is drawn, and all of it stands in the tables as well.
@NullMarked
package dev.lockdown.rehearsal.page;

import org.jspecify.annotations.NullMarked;
