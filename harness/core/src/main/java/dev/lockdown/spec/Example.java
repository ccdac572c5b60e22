package dev.lockdown.spec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// An example of a step, as `./lockdown steps` shows it and a test runs it.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Example {
    /// The step's text, with its table or text below it.
    String value();

    /// What it does, in one sentence.
    String does();
}
