package dev.lockdown.conformance;

/// The other ends of the flows of `x/a` that are asked about by name; all others are left to the oracle.
enum End {
    X_B("x/b"), X_C("x/c"), Y_B("y/b"), Y_C("y/c"), Z_B("z/b"),
    /// In the block that policies name.
    INSIDE("host inside.test"),
    /// In that block, and in its exception.
    EXCEPTED("host excepted.test"), OUTSIDE("host outside.test");

    private final String words;

    End(String words) {
        this.words = words;
    }

    /// Whether it is outside the cluster.
    boolean isOutside() {
        return words.startsWith("host ");
    }

    /// As a truth table names it.
    @Override
    public String toString() {
        return words;
    }
}
