/// k3s at the edge of Docker: what the containers are, and every way in which bringing them up fails.
@org.jspecify.annotations.NullMarked
package dev.lockdown.cluster.k3s;
