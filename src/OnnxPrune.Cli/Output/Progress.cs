using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace OnnxPrune.Cli;

/// <summary>The progress line of a stage on a terminal: name, progress and remaining time.</summary>
internal static class Progress
{
    private const double LeastSeconds = 1;

    /// <summary>Runs work with a progress line on standard error, which disappears at the end.</summary>
    /// <param name="name">The stage.</param>
    /// <param name="style">The style of standard error.</param>
    /// <param name="work">The work; it may report the number of completed parts and the total.</param>
    public static T Show<T>(string name, StreamStyle style, Func<Action<int, int>, T> work)
    {
        var clock = Stopwatch.StartNew();
        return style.Open(Console.Error).Status().Start($"{Markup.Escape(name)} ...", status =>
            work((done, total) => status.Status = Markup.Escape(Line(name, done, total, clock.Elapsed))));
    }

    /// <summary>The text of the line. It includes the remaining time as soon as that can be estimated.</summary>
    public static string Line(string name, int done, int total, TimeSpan elapsed)
    {
        string count = $"{name} ... {done} of {total}";
        if (done < 1 || elapsed.TotalSeconds < LeastSeconds) return count;
        var left = elapsed * ((double)(total - done) / done);
        return count + ", " + left.ToString(left.TotalHours < 1 ? @"m\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture) + " left";
    }
}
