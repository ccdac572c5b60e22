package dev.lockdown.cluster;

/// What a cluster tells of itself, to be looked at when a scenario failed there.
///
/// @param name of the file, such as `policies.json`; without a folder
public record EvidenceFile(String name, String text) {
    public EvidenceFile {
        if (!name.matches("[a-z0-9][a-zA-Z0-9._-]*")) throw new IllegalArgumentException("\"%s\" is no name of a file".formatted(name));
    }
}
