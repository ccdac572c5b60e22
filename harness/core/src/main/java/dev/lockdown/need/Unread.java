package dev.lockdown.need;

/// What a Secret holds, or a ConfigMap that is not there.
record Unread(String what, String remedy, Because because) {}
