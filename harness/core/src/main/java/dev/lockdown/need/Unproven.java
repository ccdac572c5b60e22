package dev.lockdown.need;

/// What manifests name and nobody can try: a Secret's value, a Service that is not there.
///
/// @param what one sentence, without values of Secrets
/// @param remedy what to give so that it can be tried, or empty
/// @param dangling whether the manifests name what is not there
public record Unproven(Party from, String what, String remedy, Because because, boolean dangling) {}
