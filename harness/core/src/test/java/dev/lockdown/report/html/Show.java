package dev.lockdown.report.html;
import dev.lockdown.report.*; import java.nio.file.*;
public class Show { public static void main(String[] a) throws Exception { HtmlReport.write(SampleRun.run(), Path.of(a[0])); } }
