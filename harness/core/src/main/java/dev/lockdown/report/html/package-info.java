/// A run as one self-contained page: `report.html`.
///
/// Enter at [HtmlReport]. The page is data, made by a few small records ([Page] and what it holds), and one template in the
/// resources; it needs no script and no network. Depends on report.
@NullMarked
package dev.lockdown.report.html;

import org.jspecify.annotations.NullMarked;
