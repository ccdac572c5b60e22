/// What a change of an application and its policies does to what it needs: breaks, opens, needs no longer.
///
/// Enter at [ApplicationChange], made of two rehearsals of the policies as they are; shown as text, Markdown for a pull request, JSON and
/// annotations of GitHub.
@NullMarked
package dev.lockdown.rehearsal.change;

import org.jspecify.annotations.NullMarked;
