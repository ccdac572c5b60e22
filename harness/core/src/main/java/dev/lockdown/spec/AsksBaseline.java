package dev.lockdown.spec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// What a step compares with the baseline, beyond the connections that are asked there anyway.
///
/// Declared at the step's method and not guessed from its text, so that a step may be reworded.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface AsksBaseline {
    BaselineQuestion[] value();
}
