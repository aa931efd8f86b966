using OnnxPrune.Cli.Options;
using OnnxPrune.Importance;
using OnnxPrune.Model;
using OnnxPrune.Runtime.Calibration;

namespace OnnxPrune.Cli.Commands;

/// <summary>Lists the files that a result depends on, for build systems.</summary>
internal static class FilesRead
{
    /// <summary>
    /// The full paths, one per line without duplicates: model, external data, configuration, calibration, scores, curves, labelled data, and
    /// the plan of <c>apply</c>.
    /// </summary>
    public static string Lines(Invocation run, OnnxModel model, CalibrationSet? calibration)
    {
        string? plan = run.Command == "apply" ? run.Value(PlanOption.Plan) : null;
        string? samples = calibration is null || calibration.IsSynthetic ? null : calibration.Source;
        string? scores = plan is null && run.Selection.Criterion is FileCriterion file ? file.Path : null;
        string?[] named =
        [
            run.Value(GlobalOptions.Config), plan, samples, scores, run.Value(SelectionOptions.Sensitivity),
            run.Value(RuntimeOptions.Data), run.Value(RuntimeOptions.Labels),
            .. run.Value(CommonOptions.Operators) ?? [], .. run.Value(RuntimeOptions.CustomOps) ?? [],
        ];
        var paths = model.Files.Concat(named.OfType<string>().SelectMany(Within)).Select(Path.GetFullPath);
        return string.Concat(paths.Distinct(StringComparer.Ordinal).Select(path => path + "\n"));
    }

    private static IEnumerable<string> Within(string path) =>
        Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal) : [path];
}
