using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace OnnxPrune.Cli;

/// <summary>The progress line of a stage on a terminal: its name, how far it is, and the time left.</summary>
internal static class Progress
{
    private const double LeastSeconds = 1;

    /// <summary>Runs work under a progress line on standard error, which is gone when the work is done.</summary>
    /// <param name="name">The stage.</param>
    /// <param name="style">The style of standard error.</param>
    /// <param name="work">The work; it may tell how many of how many parts are done.</param>
    public static T Show<T>(string name, StreamStyle style, Func<Action<int, int>, T> work)
    {
        var clock = Stopwatch.StartNew();
        return style.Open(Console.Error).Status().Start($"{Markup.Escape(name)} ...", status =>
            work((done, total) => status.Status = Markup.Escape(Line(name, done, total, clock.Elapsed))));
    }

    /// <summary>What the line says: time left is told once there is something to tell it by.</summary>
    public static string Line(string name, int done, int total, TimeSpan elapsed)
    {
        string count = $"{name} ... {done} of {total}";
        if (done < 1 || elapsed.TotalSeconds < LeastSeconds) return count;
        var left = elapsed * ((double)(total - done) / done);
        return count + ", " + left.ToString(left.TotalHours < 1 ? @"m\:ss" : @"h\:mm\:ss", CultureInfo.InvariantCulture) + " left";
    }
}
