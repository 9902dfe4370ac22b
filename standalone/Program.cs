using Approvals.Standalone.Hosting;

return await Serving.RunAsync(args);
