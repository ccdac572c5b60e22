/// An application as a picture: who is allowed to reach whom, as data, as SVG of our own, and as Graphviz and Mermaid text.
///
/// Enter at [Graph] for the data and at [GraphHtml] for what a page shows: the picture, its legend, and the same as a table for a narrow
/// screen. The layout is the same for the same data, and nothing is fetched. Depends on nothing of ours.
@NullMarked
package dev.lockdown.graph;

import org.jspecify.annotations.NullMarked;
