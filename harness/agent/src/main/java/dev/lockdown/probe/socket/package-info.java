/// Sockets that the JDK does not have, by the system calls of libc: stream sockets of any protocol that the kernel knows, SCTP among them, and
/// ICMP echo.
///
/// Enter at [StreamSockets], whose channels are used as the JDK's own, non-blocking, and at [IcmpSocket]. A selector of the JDK cannot
/// watch them; [Readiness] does. Depends on flow alone.
@NullMarked
package dev.lockdown.probe.socket;

import org.jspecify.annotations.NullMarked;
