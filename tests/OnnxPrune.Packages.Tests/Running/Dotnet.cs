using System.Diagnostics;

namespace OnnxPrune.Packages.Tests.Running;

/// <summary>The dotnet that runs these tests, in processes of its own.</summary>
internal static class Dotnet
{
    /// <summary>The dotnet executable.</summary>
    public static string Host { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    /// <summary>Runs <c>dotnet</c> with arguments in a folder; variables replace those of this process, null removes one.</summary>
    public static CommandResult Run(string folder, IReadOnlyDictionary<string, string?> variables, params IEnumerable<string> args) =>
        Run(Host, folder, variables, args);

    /// <summary>Runs a program with arguments in a folder, and ends it where it takes longer than a quarter of an hour.</summary>
    public static CommandResult Run(string program, string folder, IReadOnlyDictionary<string, string?> variables, IEnumerable<string> args) =>
        Run(new ProcessStartInfo(program, args) { WorkingDirectory = folder }, variables);

    /// <summary>Runs a program with a command line, which is split into arguments as everywhere in .NET.</summary>
    public static CommandResult Run(string program, string folder, string commandLine) =>
        Run(new ProcessStartInfo(program, commandLine) { WorkingDirectory = folder }, new Dictionary<string, string?>());

    private static CommandResult Run(ProcessStartInfo start, IReadOnlyDictionary<string, string?> variables)
    {
        string command = $"{start.FileName} {start.Arguments}{string.Join(' ', start.ArgumentList)}";
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        PrepareEnvironment(start.Environment, variables);
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{command} took longer than {Limit}.");
        }
        return new CommandResult(command, process.ExitCode, output.Result, error.Result);
    }

    // A test host inherits what MSBuild told itself; and servers that outlive a command would keep its output open.
    private static void PrepareEnvironment(IDictionary<string, string?> environment, IReadOnlyDictionary<string, string?> variables)
    {
        foreach (string name in environment.Keys.Where(IsOfTheTestRun).ToList()) environment.Remove(name);
        environment["DOTNET_NOLOGO"] = "1";
        environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        environment["MSBUILDDISABLENODEREUSE"] = "1";
        environment["MSBUILDTERMINALLOGGER"] = "off";
        environment["UseSharedCompilation"] = "false";
        foreach (var (name, value) in variables) environment[name] = value;
        foreach (string name in variables.Keys.Where(name => variables[name] is null)) environment.Remove(name);
    }

    private static bool IsOfTheTestRun(string name) =>
        name == "CI"
        || name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)
        || name.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase);
}
