/// The Linux kernel interfaces that the embedded cluster is made of, one small class each, through `java.lang.foreign`.
///
/// Enter at [NamespaceThread]: it makes a [NetworkNamespace] and enters it for others. What is opened there
/// ([Rtnetlink], [Nftables], [Nflog], [Conntrack], sockets) stays in that namespace and may be used from any thread.
/// Everything is held by file descriptors, so that nothing is left behind when the process is killed.
/// Depends on nothing but [dev.lockdown.cluster.EnvironmentException].
@NullMarked
package dev.lockdown.cluster.embedded.kernel;

import org.jspecify.annotations.NullMarked;
