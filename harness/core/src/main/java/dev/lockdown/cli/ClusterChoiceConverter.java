package dev.lockdown.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

final class ClusterChoiceConverter implements ITypeConverter<ClusterChoice> {
    @Override
    public ClusterChoice convert(String text) {
        try {
            return ClusterChoice.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
