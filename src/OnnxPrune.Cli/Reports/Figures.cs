using System.Globalization;
using OnnxPrune.Runtime.Benchmarking;

namespace OnnxPrune.Cli.Reports;

/// <summary>Formats numbers for people. The JSON reports hold the exact numbers.</summary>
internal static class Figures
{
    private static readonly string[] Decimal = ["", " K", " M", " G", " T"];
    private static readonly string[] Binary = [" B", " KiB", " MiB", " GiB", " TiB"];

    /// <summary>A count with three digits: <c>40.8 M</c>.</summary>
    public static string Count(long number) => Scaled(number, 1000, Decimal);

    /// <summary>A size with three digits: <c>1.05 MiB</c>.</summary>
    public static string Bytes(long number) => Scaled(number, 1024, Binary);

    /// <summary>A number in full: <c>1,234</c>.</summary>
    public static string Whole(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A share with one decimal: <c>49.8%</c>.</summary>
    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.0}%");

    /// <summary>A share with two decimals, as accuracy is given: <c>91.20%</c>.</summary>
    public static string Accuracy(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.00}%");

    /// <summary>A time with three digits, in milliseconds: <c>1.24</c>.</summary>
    public static string Milliseconds(double time) =>
        time.ToString(time >= 99.95 ? "0" : time >= 9.995 ? "0.0" : time >= 0.9995 ? "0.00" : "0.0000", CultureInfo.InvariantCulture);

    /// <summary>A relative error of outputs: <c>0.0451</c>.</summary>
    public static string OutputError(double error) => error.ToString(error >= 10 ? "0" : "0.0000", CultureInfo.InvariantCulture);

    /// <summary>The latency of one model relative to that of another, in one line.</summary>
    public static string Latency(RatioEstimate ratio) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Percent(ratio.Median)} of the original's (95% confidence interval {Percent(ratio.Low)} to {Percent(ratio.High)}), "
            + $"{ratio.Speedup:0.00} times as fast");

    /// <summary>The verdict, in one line that needs no knowledge of how models are compared.</summary>
    public static string Verdict(VerificationResult result)
    {
        string word = result.Verdict switch { "verified" => "cut verified", "failed" => "verification failed", _ => "not verified" };
        string precision = result.Precision == "model" ? "" : $" in {result.Precision}";
        string rest = result.NotExecuted.Count == 0 ? "" : $"; not executed: {Some(result.NotExecuted)}";
        return $"{word} on {result.Provider}{precision}: {Finding(result)} ({Of(result)}){rest}";
    }

    /// <summary>The number of runs and the largest difference: <c>5 runs, largest difference 0.09% of the tolerance</c>.</summary>
    public static string Of(VerificationResult result)
    {
        string runs = result.Runs.Count == 1 ? "1 run" : $"{result.Runs.Count} runs";
        return $"{runs}, largest difference {OfTolerance(result.WorstError)}";
    }

    /// <summary>The exact figures of a verification, for <c>--verbosity detailed</c>.</summary>
    public static string Details(VerificationResult result) =>
        $"verification, in units of the tolerance: largest error {Tolerances(result.WorstError)}, power {Tolerances(result.Power)}";

    /// <summary>A number in units of a tolerance, with two digits or more: <c>0.00086</c>, <c>2,927</c>.</summary>
    public static string Tolerances(double number) => number switch
    {
        >= 100 and < 1e15 => number.ToString("N0", CultureInfo.InvariantCulture),
        >= 1 and < 100 => number.ToString("0.0", CultureInfo.InvariantCulture),
        _ => number.ToString("g2", CultureInfo.InvariantCulture),
    };

    private static string Some(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(3)) + (names.Count > 3 ? $" and {names.Count - 3} more" : "");

    private static string Finding(VerificationResult result) => result.Verdict switch
    {
        "verified" => "the pruned model computes what the original computes with the removed channels zeroed",
        "failed" => "the pruned model does not compute what the original computes with the removed channels zeroed",
        _ => "the comparison with the original is not conclusive",
    };

    private static string OfTolerance(double error) => error switch
    {
        0 => "0% of the tolerance",
        < 0.0001 => "below 0.01% of the tolerance",
        <= 1 => string.Create(CultureInfo.InvariantCulture, $"{error * 100:0.##}% of the tolerance"),
        _ => $"{Tolerances(error)} times the tolerance",
    };

    private static string Scaled(double number, double step, string[] units)
    {
        int unit = 0;
        for (; number >= 999.5 && unit < units.Length - 1; unit++) number /= step;
        string digits = unit == 0 || number >= 99.95 ? "0" : number >= 9.995 ? "0.0" : "0.00";
        return number.ToString(digits, CultureInfo.InvariantCulture) + units[unit];
    }
}
