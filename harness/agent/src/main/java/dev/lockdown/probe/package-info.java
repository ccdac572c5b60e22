/// The agent: what opens servers and dials from one pod, and the little protocol between them.
///
/// Enter at [Agent], one pod's identity and its servers, and at [Dial], one probe on its way. Both are state machines without
/// threads: whoever drives them calls [Agent#poke] and [Dial#advance] as often as it likes; [AgentLoop] does so with a selector, as in
/// a real pod. Where sockets open is injected ([Sockets]), so that one process can act for many pods. Wall-clock and monotonic time
/// are read here and nowhere else. Depends on flow alone.
@NullMarked
package dev.lockdown.probe;

import org.jspecify.annotations.NullMarked;
