using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

namespace OnnxPrune.MSBuild;

/// <summary>The errors of the build; the tool reports the errors of pruning. docs/errors.md lists all errors.</summary>
internal static class BuildErrors
{
    /// <summary>OP7001: an item has unknown metadata.</summary>
    public static void UnknownMetadata(TaskLoggingHelper log, ITaskItem model, string metadata)
    {
        string meant = ItemOptions.Nearest(metadata) is { } name ? $"did you mean {name}? Or" : "correct it, or";
        Log(
            log, "OP7001", model.ItemSpec,
            $"OnnxPrune items have no metadata '{metadata}'; {meant} name it in $(OnnxPruneOtherMetadata) where it serves another purpose");
    }

    /// <summary>OP7002: an item has neither a budget nor a plan, or has both.</summary>
    public static void NotOneSource(TaskLoggingHelper log, ITaskItem model, bool both) => Log(
        log, "OP7002", model.ItemSpec,
        both
            ? "Budget and Plan both say what to remove; give one of them"
            : "nothing says what to remove; give Budget, such as Budget=\"macs=50%\", or Plan");

    /// <summary>OP7003: two results have the same path.</summary>
    public static void OneTarget(TaskLoggingHelper log, ITaskItem model, string other, string target) =>
        Log(log, "OP7003", model.ItemSpec, $"its result and that of '{other}' are both '{target}'; give one of them another Link or TargetPath");

    /// <summary>OP7004: the path of the result is outside the output folder.</summary>
    public static void OutsideOutput(TaskLoggingHelper log, ITaskItem model, string target) =>
        Log(log, "OP7004", model.ItemSpec, $"its result '{target}' would be outside the output folder; give it a Link or TargetPath within");

    /// <summary>OP7005: metadata have an invalid value.</summary>
    public static void InvalidMetadata(TaskLoggingHelper log, ITaskItem model, string metadata, string value, string accepted) =>
        Log(log, "OP7005", model.ItemSpec, $"{metadata} cannot be '{value}'; it is one of {accepted}");

    /// <summary>OP7006: the tool cannot be started, or ended without a message.</summary>
    public static void NoTool(TaskLoggingHelper log, string file, string what) => Log(log, "OP7006", file, what);

    private static void Log(TaskLoggingHelper log, string code, string file, string message) =>
        log.LogError(subcategory: null, code, helpKeyword: null, file, 0, 0, 0, 0, message);
}
