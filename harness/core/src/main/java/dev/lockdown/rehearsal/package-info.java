/// A lockdown, rehearsed: what an application needs is asked for on a stage of shadow pods before default-deny, under it, under the policies
/// that it has, and healed by proposed ones.
///
/// Enter at [Rehearsal]. Depends on need for what is asked, on trial for real connections and on policy where nothing is probed. Results are
/// data ([Rehearsed]) until [RehearsalText] and [RehearsalJson] show them, and the page of the sub-package.
@NullMarked
package dev.lockdown.rehearsal;

import org.jspecify.annotations.NullMarked;
