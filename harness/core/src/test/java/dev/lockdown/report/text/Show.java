package dev.lockdown.report.text;
import dev.lockdown.report.*; import java.nio.file.*;
public class Show { public static void main(String[] a) { 
 var t = new Terminal(System.out, new Screen(Integer.parseInt(a[0]), a.length>1&&a[1].contains("c"), a.length>1&&a[1].contains("l"), !(a.length>1&&a[1].contains("a"))), Path.of("reports/"+SampleRun.ID), new FeatureFiles(SampleRun.features()));
 SampleRun.entries().forEach(t); } }
