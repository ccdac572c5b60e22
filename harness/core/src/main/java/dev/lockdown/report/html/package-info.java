/// A run as one self-contained page: `report.html`.
///
/// Enter at [HtmlReport]. The template in the resources is filled by a few small records ([Page] and what it holds): all that is red, and
/// the list of scenarios, which need no script. The inside of the scenarios follows as data ([PackedRun]), drawn by `report.js` when
/// a reader opens one: a run of everything has a hundred thousand verdicts. The page asks the network for nothing, and its script
/// only lays out texts, all of which are made here. Depends on report, verdict and graph.
@NullMarked
package dev.lockdown.report.html;

import org.jspecify.annotations.NullMarked;
