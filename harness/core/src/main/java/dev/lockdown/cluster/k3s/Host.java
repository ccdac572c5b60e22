package dev.lockdown.cluster.k3s;

/// The host on which an engine runs its containers, as the engine describes it.
///
/// @param address by which the ports of its containers are reached from here
/// @param architecture as images are named: `amd64`, `arm64`
/// @param cgroup 1 or 2; 0 if the engine does not say
record Host(String engine, String address, String architecture, int cgroup, boolean rootless) {}
