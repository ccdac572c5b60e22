/// The agent as the main process of a pod, and the line over which it is asked and answers.
///
/// Enter at [AgentMain], the process, and at [Conversation], which both ends of the line hold: JSON lines with a checksum, numbered
/// and acknowledged, so that a broken, doubled or re-attached stream loses and repeats nothing. What is said over it is in [AgentRequest] and
/// [AgentResponse]. Depends on flow and probe, and on nothing else: it runs alone in a stock Java image.
@NullMarked
package dev.lockdown.pod;

import org.jspecify.annotations.NullMarked;
