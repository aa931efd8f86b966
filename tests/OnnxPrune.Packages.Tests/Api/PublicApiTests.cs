using OnnxPrune.Groups;
using OnnxPrune.Runtime.Execution;
using OnnxPrune.Testing;

namespace OnnxPrune.Packages.Tests.Api;

/// <summary>What the libraries show is what <c>api/*.txt</c> says, which people review.</summary>
public class PublicApiTests
{
    [Theory]
    [InlineData(typeof(ModelAnalysis), "OnnxPrune")]
    [InlineData(typeof(ExecutionProvider), "OnnxPrune.Runtime")]
    public void The_public_api_is_as_reviewed(Type member, string name)
    {
        string reviewed = Path.Combine(RepositoryRoot.Path, "api", $"{name}.txt");
        string received = Path.Combine(RepositoryRoot.Path, "api", $"{name}.received.txt");
        string api = PublicApi.Of(member.Assembly);
        string[] before = File.Exists(reviewed) ? File.ReadAllLines(reviewed) : [];
        string difference = LineDifference.Between(before, api.TrimEnd('\n').Split('\n'));
        File.Delete(received);
        if (difference.Length == 0) return;
        File.WriteAllText(received, api);
        Assert.Fail($"The public API of {name} changed:\n{difference}\n"
            + $"If that is meant, accept it: move api/{name}.received.txt over api/{name}.txt.");
    }
}
