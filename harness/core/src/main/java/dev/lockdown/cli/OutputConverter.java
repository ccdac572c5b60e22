package dev.lockdown.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

final class OutputConverter implements ITypeConverter<Output> {
    @Override
    public Output convert(String text) {
        try {
            return Output.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
