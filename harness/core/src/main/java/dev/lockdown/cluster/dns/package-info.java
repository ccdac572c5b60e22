/// How a pod's resolver asks the cluster's DNS: the messages and the order of the questions, wherever they are carried.
///
/// Enter at [StubResolver] (RFC 1034, section 5.3.1); who carries its questions is handed to it. Depends on flow.
@NullMarked
package dev.lockdown.cluster.dns;

import org.jspecify.annotations.NullMarked;
